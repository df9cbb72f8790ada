import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

const kItem = 'flex min-h-10 w-full items-center gap-3 rounded-lg px-2.5 text-sm outline-none select-none data-highlighted:bg-hover [&_svg]:size-4.5 [&_svg]:text-faint';

interface MenuProps {
  /** A button; it opens the menu. */
  trigger: ReactNode;
  heading?: ReactNode;
  children: ReactNode;
  defaultOpen?: boolean;
}

export function Menu({ trigger, heading, children, defaultOpen = false }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={defaultOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={8}
          collisionPadding={8}
          className="z-40 min-w-60 animate-fade rounded-xl border border-line-strong bg-surface p-1.5 text-ink shadow-lift"
        >
          {heading && (
            <>
              <DropdownMenu.Label className="px-2.5 py-2">{heading}</DropdownMenu.Label>
              <MenuLine />
            </>
          )}
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** `asChild`: the only child is the item, such as a link. */
export function MenuItem({ children, onChoose, asChild = false }: { children: ReactNode; onChoose?: () => void; asChild?: boolean }) {
  return (
    <DropdownMenu.Item asChild={asChild} onSelect={onChoose} className={kItem}>
      {children}
    </DropdownMenu.Item>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1.5 h-px bg-line" />;
}
