import { Check, Copy, Eye, EyeOff, RotateCcwKey } from 'lucide-react';
import { useEffect, useState } from 'react';
import { fetchStreamKey, rotateStreamKey, type StreamKey } from '@/api/channels';
import { useExplain } from '@/api/explain';
import { NotConfirmed, withRecentLogin } from '@/api/recent_login';
import { copyComing } from '@/lib/clipboard';
import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { FormProblem } from '@/ui/FormProblem';
import { IconButton } from '@/ui/IconButton';
import { showToast } from '@/ui/toasts';

const kShownMs = 30_000;
const kCopiedMs = 2000;
const kDots = '•'.repeat(24);

/**
 * A channel's key, which this page does not have: it is fetched when somebody wants to see or copy it, and forgotten again. Whoever stands
 * behind the reader, or watches the screen in a broadcast, sees dots.
 */
export function StreamKeyDisplay({ slug, onRotated }: { slug: string; onRotated: () => void }) {
  const text = useText();
  const explain = useExplain();
  const [shown, setShown] = useState<StreamKey | null>(null);
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(null), kShownMs);
    return () => clearTimeout(timer);
  }, [shown]);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), kCopiedMs);
    return () => clearTimeout(timer);
  }, [copied]);

  async function guarded(act: () => Promise<void>) {
    setProblem(null);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setProblem(explain(error));
    }
  }

  const reveal = () => guarded(async () => setShown(await withRecentLogin(() => fetchStreamKey(slug))));
  const copy = () =>
    guarded(async () => {
      const coming = shown ? Promise.resolve(shown.key) : withRecentLogin(() => fetchStreamKey(slug)).then(({ key }) => key);
      setCopied(await copyComing(coming));
    });
  const rotate = () =>
    guarded(async () => {
      setAsking(false);
      const { id } = shown ?? (await withRecentLogin(() => fetchStreamKey(slug)));
      setShown(await withRecentLogin(() => rotateStreamKey(slug, id)));
      showToast(text('key.rotated'));
      onRotated();
    });

  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-sm font-medium">{text('key.title')}</h3>
        <button type="button" onClick={() => setAsking(true)} className="inline-flex min-h-8 items-center gap-1.5 rounded text-sm text-soft hover:text-ink">
          <RotateCcwKey className="size-4" />
          {text('key.rotate')}
        </button>
      </div>
      <div className="flex items-center gap-1 rounded-lg border border-line bg-canvas pl-3" data-stream-key={shown ? 'shown' : 'hidden'}>
        <code className="min-w-0 flex-1 py-2.5 font-mono text-sm break-all" data-testid="stream-key">
          {shown ? shown.key : <span aria-label={text('key.hidden')}>{kDots}</span>}
        </code>
        <IconButton label={text(shown ? 'key.hide' : 'key.reveal')} aria-pressed={shown !== null} onClick={() => (shown ? setShown(null) : void reveal())}>
          {shown ? <EyeOff className="size-4.5" /> : <Eye className="size-4.5" />}
        </IconButton>
        <IconButton label={copied ? text('action.copied') : text('action.copy', { what: text('key.title') })} onClick={() => void copy()}>
          {copied ? <Check className="size-4.5 text-ok" /> : <Copy className="size-4.5" />}
        </IconButton>
      </div>
      <p role="status" className="sr-only">
        {copied ? text('action.copied') : ''}
      </p>
      <p className="text-sm text-soft">{text(shown ? 'key.shown_hint' : 'key.hint')}</p>
      {asking && (
        <div className="flex flex-col gap-3 rounded-lg border border-warn/40 bg-warn/10 p-3 text-sm">
          <p>{text('key.rotate_body')}</p>
          <div className="flex gap-2">
            <Button look="danger" onClick={() => void rotate()}>
              {text('key.rotate_now')}
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {text('action.cancel')}
            </Button>
          </div>
        </div>
      )}
      <FormProblem>{problem}</FormProblem>
    </div>
  );
}
