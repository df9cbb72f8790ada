import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useText } from '@/lib/intl';
import { kKeyHelp } from './keys';

interface KeyboardHelpProps {
  onClose: () => void;
  container: HTMLElement | null;
}

export function KeyboardHelp({ onClose, container }: KeyboardHelpProps) {
  const text = useText();
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal container={container}>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-black/60 backdrop-blur-[2px]" />
        <Dialog.Content className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(42rem,calc(100vw-2rem))] -translate-1/2 animate-fade overflow-y-auto rounded-2xl border border-line-strong bg-surface p-6 text-ink shadow-lift">
          <div className="flex items-start justify-between gap-4">
            <div>
              <Dialog.Title className="text-lg font-semibold tracking-tight">{text('player.help')}</Dialog.Title>
              <Dialog.Description className="mt-0.5 text-sm text-soft">{text('player.help_body')}</Dialog.Description>
            </div>
            <Dialog.Close
              aria-label={text('action.close')}
              className="grid size-9 shrink-0 place-items-center rounded-lg text-soft hover:bg-hover hover:text-ink"
            >
              <X className="size-4.5" />
            </Dialog.Close>
          </div>
          <dl className="mt-5 grid gap-x-10 gap-y-1 sm:grid-cols-2">
            {kKeyHelp.map(({ keys, text: id }) => (
              <div key={id} className="flex items-center justify-between gap-4 border-b border-line py-2 text-sm">
                <dt className="text-soft">{text(id)}</dt>
                <dd className="flex gap-1">
                  {keys.map((key) => (
                    <kbd key={key} className="rounded-md border border-line-strong bg-raised px-1.5 py-0.5 font-mono text-xs">
                      {key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
