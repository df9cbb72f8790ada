import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Bot, Database, MonitorSmartphone, ShieldCheck } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { AuthGuard } from '@/accounts/AuthGuard';
import { VerifyBanner } from '@/accounts/VerifyBanner';
import { becomeSomebody, type Me } from '@/api/people';
import { useText } from '@/lib/intl';
import { DeletePanel, ExportPanel } from '@/settings/DataPanels';
import { EmailPanel } from '@/settings/EmailPanel';
import { PasswordPanel } from '@/settings/PasswordPanel';
import { SessionsPanel } from '@/settings/SessionsPanel';
import { TokensPanel } from '@/settings/TokensPanel';
import { Tabs } from '@/ui/Tabs';
import { showToast } from '@/ui/toasts';
import { DeskFrame } from './DeskFrame';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

const TotpPanel = lazy(() => import('@/settings/TotpPanel').then((module) => ({ default: module.TotpPanel })));
const PasskeysPanel = lazy(() => import('@/settings/PasskeysPanel').then((module) => ({ default: module.PasskeysPanel })));

export function SettingsPage() {
  const text = useText();
  useTitle(text('title.settings', { site: useSiteName() }));
  return <AuthGuard>{(me) => <Settings me={me} />}</AuthGuard>;
}

function Settings({ me }: { me: Me }) {
  const text = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { tab } = useSearch({ from: '/settings' });

  async function leave(words: string) {
    await navigate({ to: '/' });
    await becomeSomebody(client, null);
    showToast(words);
  }

  const tabs = [
    {
      id: 'security',
      label: text('settings.security'),
      icon: <ShieldCheck />,
      contents: (
        <div className="flex flex-col gap-5">
          <PasswordPanel />
          <Suspense>
            <TotpPanel />
            <PasskeysPanel />
          </Suspense>
          <EmailPanel me={me} />
        </div>
      ),
    },
    {
      id: 'sessions',
      label: text('settings.sessions'),
      icon: <MonitorSmartphone />,
      contents: <SessionsPanel onLeft={() => void leave(text('sessions.left'))} />,
    },
    { id: 'tokens', label: text('settings.tokens'), icon: <Bot />, contents: <TokensPanel /> },
    {
      id: 'data',
      label: text('settings.data'),
      icon: <Database />,
      contents: (
        <div className="flex flex-col gap-5">
          <ExportPanel me={me} />
          <DeletePanel me={me} onDeleted={() => void leave(text('data.deleted'))} />
        </div>
      ),
    },
  ];
  const chosen = tabs.some(({ id }) => id === tab) ? (tab ?? 'security') : 'security';

  return (
    <DeskFrame title={text('account.settings')}>
      <VerifyBanner me={me} />
      <Tabs label={text('account.settings')} tabs={tabs} chosen={chosen} onChoose={(id) => void navigate({ to: '/settings', search: { tab: id }, replace: true })} />
    </DeskFrame>
  );
}
