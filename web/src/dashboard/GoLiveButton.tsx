import { Radio, Square } from 'lucide-react';
import { useState } from 'react';
import { endStream, startStream } from '@/api/channels';
import { useExplain } from '@/api/explain';
import type { Channel } from '@/api/types';
import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { showToast } from '@/ui/toasts';
import { isOnAir, phaseOf } from './stream_phase';

interface GoLiveButtonProps {
  channel: Channel;
  /** Something changed on the server. */
  onChanged: () => void;
}

/** On air, and off it again. The end is asked for twice: it cannot be taken back. */
export function GoLiveButton({ channel, onChanged }: GoLiveButtonProps) {
  const text = useText();
  const explain = useExplain();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const { stream } = channel;
  const phase = phaseOf(stream);

  async function act(deed: () => Promise<unknown>) {
    setBusy(true);
    try {
      await deed();
      onChanged();
    } catch (error) {
      showToast(explain(error), 'bad');
    } finally {
      setBusy(false);
      setAsking(false);
    }
  }

  if (phase === 'ending') {
    return (
      <Button look="outline" disabled>
        {text('go_live.ending')}
      </Button>
    );
  }
  if (stream && isOnAir(phase)) {
    return (
      <>
        <Button look="danger" disabled={busy} onClick={() => setAsking(true)}>
          <Square className="size-4 fill-current" />
          {text('go_live.end')}
        </Button>
        {asking && (
          <Dialog title={text('go_live.end_title')} body={text('go_live.end_body')} onClose={() => setAsking(false)}>
            <div className="flex justify-end gap-3">
              <Button look="quiet" onClick={() => setAsking(false)}>
                {text('action.cancel')}
              </Button>
              <Button look="danger" disabled={busy} onClick={() => void act(() => endStream(stream.id))}>
                {text('go_live.end_now')}
              </Button>
            </div>
          </Dialog>
        )}
      </>
    );
  }
  return (
    <Button disabled={busy} onClick={() => void act(() => startStream(channel.id))}>
      <Radio className="size-4.5" />
      {text('go_live.start')}
    </Button>
  );
}
