import { useState } from 'react';
import { deleteChannel } from '@/api/channels';
import { useExplain } from '@/api/explain';
import { NotConfirmed, withRecentLogin } from '@/api/recent_login';
import type { Channel } from '@/api/types';
import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormProblem } from '@/ui/FormProblem';
import { TextInput } from '@/ui/TextInput';

/** The end of a channel. Its address has to be written out, so that no finger slips. */
export function DeleteChannel({ channel, onDeleted }: { channel: Channel; onDeleted: () => void }) {
  const text = useText();
  const explain = useExplain();
  const [asking, setAsking] = useState(false);
  const [written, setWritten] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  async function remove() {
    setProblem(null);
    try {
      await withRecentLogin(() => deleteChannel(channel.slug));
      onDeleted();
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setProblem(explain(error));
    }
  }

  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        {text('channel_form.delete')}
      </Button>
      {asking && (
        <Dialog title={text('channel_form.delete_title', { name: channel.name })} body={text('channel_form.delete_body')} onClose={() => setAsking(false)}>
          <div className="flex flex-col gap-4">
            <TextInput
              label={text('channel_form.delete_write', { slug: channel.slug })}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              value={written}
              onChange={(event) => setWritten(event.target.value)}
            />
            <FormProblem>{problem}</FormProblem>
            <Button look="danger" disabled={written !== channel.slug} onClick={() => void remove()}>
              {text('channel_form.delete_now')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
