import { Check, Settings2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useText } from '@/lib/intl';
import { PlayerButton } from './PlayerButton';
import { qualityLabel } from './quality_label';
import type { Quality } from './session';

interface QualitySelectorProps {
  qualities: Quality[];
  /** The chosen height; null is automatic. */
  chosen: number | null;
  active: number | null;
  onChoose: (height: number | null) => void;
  onOpenChange: (open: boolean) => void;
  /** Where the menu is drawn: in full screen nothing outside the player can be seen. */
  container: HTMLElement | null;
}

const kAuto = 'auto';
const kItem =
  'flex min-h-9 items-center gap-2 rounded-md px-2 text-sm outline-none select-none data-highlighted:bg-white/15 data-[state=checked]:font-semibold';

export function QualitySelector({ qualities, chosen, active, onChoose, onOpenChange, container }: QualitySelectorProps) {
  const text = useText();
  const now = qualities.find((each) => each.height === active);
  const nowLabel = now ? qualityLabel(now) : null;
  const auto = nowLabel && chosen === null ? text('player.quality_auto_now', { now: nowLabel }) : text('player.quality_auto');

  return (
    <DropdownMenu.Root modal={false} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>
        <PlayerButton label={nowLabel ? text('player.quality_now', { now: nowLabel }) : text('player.quality')} data-testid="quality">
          <Settings2 className="size-5" />
        </PlayerButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          side="top"
          align="end"
          sideOffset={10}
          collisionPadding={8}
          className="z-30 min-w-52 animate-fade rounded-xl border border-white/15 bg-[#12151ef2] p-1.5 text-white shadow-lift backdrop-blur"
        >
          <DropdownMenu.Label className="px-2 pt-1 pb-1.5 text-xs font-medium text-white/70">{text('player.quality')}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={chosen === null ? kAuto : String(chosen)}
            onValueChange={(value) => onChoose(value === kAuto ? null : Number(value))}
          >
            <DropdownMenu.RadioItem value={kAuto} className={kItem}>
              <Mark />
              {auto}
            </DropdownMenu.RadioItem>
            {qualities.map((each) => (
              <DropdownMenu.RadioItem key={each.id} value={String(each.height)} className={kItem}>
                <Mark />
                {qualityLabel(each)}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Mark() {
  return (
    <span className="grid size-4 place-items-center">
      <DropdownMenu.ItemIndicator>
        <Check className="size-4 text-[#ff8a63]" />
      </DropdownMenu.ItemIndicator>
    </span>
  );
}
