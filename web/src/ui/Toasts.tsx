import { Check, TriangleAlert, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useText } from '@/lib/intl';
import { IconButton } from './IconButton';
import { dropToast, toasts } from './toasts';

/** Where toasts appear; screen readers hear them without losing their place. */
export function Toasts() {
  const text = useText();
  const shown = useSyncExternalStore(toasts.subscribe, toasts.current);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2 sm:left-auto sm:items-end">
      {shown.map((toast) => (
        <div
          key={toast.id}
          className="pointer-events-auto flex max-w-md animate-rise items-center gap-2.5 rounded-xl border border-line-strong bg-surface py-1 pr-1 pl-4 text-sm font-medium text-ink shadow-lift"
        >
          {toast.tone === 'good' ? <Check className="size-4.5 shrink-0 text-ok" /> : <TriangleAlert className="size-4.5 shrink-0 text-warn" />}
          <p className="py-2">{toast.text}</p>
          <IconButton label={text('action.close')} onClick={() => dropToast(toast.id)} className="size-9">
            <X className="size-4" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
