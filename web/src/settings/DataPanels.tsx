import { useState } from 'react';
import { useExplain } from '@/api/explain';
import type { Me } from '@/api/people';
import { NotConfirmed, withRecentLogin } from '@/api/recent_login';
import { deleteAccount, exportAccount } from '@/api/security';
import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormProblem } from '@/ui/FormProblem';
import { Panel } from '@/ui/Panel';
import { TextInput } from '@/ui/TextInput';
import { showToast } from '@/ui/toasts';

function saveAs(name: string, contents: object): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(contents, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Everything that the site knows of somebody, to take home. */
export function ExportPanel({ me }: { me: Me }) {
  const text = useText();
  const explain = useExplain();
  const [busy, setBusy] = useState(false);

  async function download() {
    setBusy(true);
    try {
      saveAs(`${me.username ?? me.id}.json`, await withRecentLogin(exportAccount));
    } catch (error) {
      if (!(error instanceof NotConfirmed)) showToast(explain(error), 'bad');
    } finally {
      setBusy(false);
    }
  }

  return (
    <Panel title={text('data.export')} body={text('data.export_body')}>
      <Button look="outline" disabled={busy} onClick={() => void download()}>
        {text('data.export_now')}
      </Button>
    </Panel>
  );
}

/** The end of an account, for good. */
export function DeletePanel({ me, onDeleted }: { me: Me; onDeleted: () => void }) {
  const text = useText();
  const explain = useExplain();
  const [asking, setAsking] = useState(false);
  const [written, setWritten] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const name = me.username ?? me.email;

  async function remove() {
    setProblem(null);
    try {
      await withRecentLogin(deleteAccount);
      onDeleted();
    } catch (error) {
      if (!(error instanceof NotConfirmed)) setProblem(explain(error));
    }
  }

  return (
    <Panel title={text('data.delete')} body={text('data.delete_body')}>
      <Button look="danger" onClick={() => setAsking(true)}>
        {text('data.delete')}
      </Button>
      {asking && (
        <Dialog title={text('data.delete_title')} body={text('data.delete_warning')} onClose={() => setAsking(false)}>
          <div className="flex flex-col gap-4">
            <TextInput
              label={text('data.delete_write', { name })}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              value={written}
              onChange={(event) => setWritten(event.target.value)}
            />
            <FormProblem>{problem}</FormProblem>
            <Button look="danger" disabled={written !== name} onClick={() => void remove()}>
              {text('data.delete_now')}
            </Button>
          </div>
        </Dialog>
      )}
    </Panel>
  );
}
