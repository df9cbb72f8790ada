import { X } from 'lucide-react';
import { Dialog as Parts } from 'radix-ui';
import type { ReactNode } from 'react';
import { useText } from '@/lib/intl';

export interface DialogProps {
  title: string;
  body?: string;
  onClose: () => void;
  children: ReactNode;
}

export function DialogFrame({ title, body, onClose, children }: DialogProps) {
  const text = useText();
  return (
    <Parts.Root open onOpenChange={(open) => !open && onClose()}>
      <Parts.Portal>
        <Parts.Overlay className="fixed inset-0 z-40 animate-fade bg-black/60 backdrop-blur-[2px]" />
        <Parts.Content
          {...(!body && { 'aria-describedby': undefined })}
          className="fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] animate-rise overflow-y-auto rounded-t-2xl border border-line-strong bg-surface p-5 text-ink shadow-lift sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[min(30rem,calc(100vw-2rem))] sm:-translate-1/2 sm:animate-fade sm:rounded-2xl sm:p-6"
        >
          <div className="flex items-start justify-between gap-4">
            <div>
              <Parts.Title className="text-lg font-semibold tracking-tight">{title}</Parts.Title>
              {body && <Parts.Description className="mt-1 text-sm leading-relaxed text-soft">{body}</Parts.Description>}
            </div>
            <Parts.Close
              aria-label={text('action.close')}
              className="-mt-1 -mr-1 grid size-10 shrink-0 place-items-center rounded-lg text-soft hover:bg-hover hover:text-ink"
            >
              <X className="size-4.5" />
            </Parts.Close>
          </div>
          <div className="mt-5">{children}</div>
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}
