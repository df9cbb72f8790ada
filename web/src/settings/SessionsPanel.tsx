import { useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useExplain } from '@/api/explain';
import { endSession, logoutEverywhere, sessionsQuery } from '@/api/security';
import { useNumbers, useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import { showToast } from '@/ui/toasts';
import { ListState } from './ListState';

/** Where one is signed in, and the way out of each place. */
export function SessionsPanel({ onLeft }: { onLeft: () => void }) {
  const text = useText();
  const { moment } = useNumbers();
  const explain = useExplain();
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);

  async function end(id: string) {
    try {
      await endSession(id);
      showToast(text('sessions.ended'));
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    } catch (error) {
      showToast(explain(error), 'bad');
    }
  }

  async function leaveEverywhere() {
    try {
      await logoutEverywhere();
      onLeft();
    } catch (error) {
      showToast(explain(error), 'bad');
    }
  }

  return (
    <Panel title={text('sessions.title')} body={text('sessions.body')}>
      <ListState list={sessions} empty={text('sessions.none')}>
        {(items) => (
          <ul className="divide-y divide-line">
            {items.map((session) => (
              <li key={session.id} className="flex flex-wrap items-center gap-3 py-3 first:pt-0">
                <MonitorSmartphone className="size-5 shrink-0 text-faint" />
                <span className="min-w-40 flex-1">
                  <span className="block text-sm font-medium break-words">{session.device === '' ? text('sessions.unknown') : session.device}</span>
                  <span className="block text-xs text-soft">{text('sessions.seen', { when: moment(session.lastSeenAt), where: session.address })}</span>
                </span>
                {session.isCurrent ? (
                  <span className="rounded-md bg-raised px-2 py-1 text-xs font-medium">{text('sessions.this')}</span>
                ) : (
                  <Button look="outline" onClick={() => void end(session.id)}>
                    {text('sessions.end')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </ListState>
      <div className="mt-5 border-t border-line pt-5">
        <Button look="danger" onClick={() => void leaveEverywhere()}>
          {text('sessions.everywhere')}
        </Button>
      </div>
    </Panel>
  );
}
