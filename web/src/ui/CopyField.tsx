import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '@/lib/clipboard';
import { useText } from '@/lib/intl';
import { IconButton } from './IconButton';

/** A line to paste elsewhere, with a button that takes it along. */
export function CopyField({ value, what }: { value: string; what: string }) {
  const text = useText();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);

  function copy() {
    void copyText(value).then(setCopied);
  }

  return (
    <div className="flex items-center gap-1 rounded-lg border border-line bg-canvas pl-3">
      <code className="min-w-0 flex-1 py-2 font-mono text-sm break-all text-ink select-all">{value}</code>
      <IconButton label={copied ? text('action.copied') : text('action.copy', { what })} onClick={copy}>
        {copied ? <Check className="size-4 text-ok" /> : <Copy className="size-4" />}
      </IconButton>
      <span role="status" className="sr-only">
        {copied ? text('action.copied') : ''}
      </span>
    </div>
  );
}
