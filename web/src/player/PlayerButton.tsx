import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { classes } from '@/lib/class_names';

interface PlayerButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'children'> {
  label: string;
  /** Shown in the tooltip beside the label. */
  shortcut?: string;
  align?: 'left' | 'centre' | 'right';
  children: ReactNode;
}

const kAlign = { left: 'left-0', centre: 'left-1/2 -translate-x-1/2', right: 'right-0' };

export function PlayerButton({ label, shortcut, align = 'centre', className, type = 'button', children, ...rest }: PlayerButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      className={classes(
        'group/tip relative inline-grid size-10 shrink-0 place-items-center rounded-lg text-white/90 transition-colors hover:bg-white/15 hover:text-white',
        className,
      )}
      {...rest}
    >
      {children}
      <span
        aria-hidden="true"
        className={classes(
          'pointer-events-none absolute bottom-full mb-2 hidden items-center gap-2 rounded-md bg-black/90 px-2 py-1 text-xs font-medium whitespace-nowrap text-white',
          'group-hover/tip:flex group-focus-visible/tip:flex group-data-[state=open]/tip:hidden touch:hidden!',
          kAlign[align],
        )}
      >
        {label}
        {shortcut && <kbd className="rounded bg-white/20 px-1 font-mono text-[11px]">{shortcut}</kbd>}
      </span>
    </button>
  );
}
