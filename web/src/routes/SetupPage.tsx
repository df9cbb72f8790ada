import { useSearch } from '@tanstack/react-router';
import { AuthFrame } from '@/accounts/AuthFrame';
import { AuthGuard } from '@/accounts/AuthGuard';
import { SetupNotice } from '@/accounts/SetupNotice';
import { useText } from '@/lib/intl';
import { FormProblem } from '@/ui/FormProblem';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

export function SetupPage() {
  const text = useText();
  const { token } = useSearch({ from: '/auth/setup' });
  useTitle(text('title.setup', { site: useSiteName() }));
  return (
    <AuthGuard unnamed>
      {(me) => (
        <AuthFrame title={text('setup.title')}>{token ? <SetupNotice me={me} token={token} /> : <FormProblem>{text('problem.link_dead')}</FormProblem>}</AuthFrame>
      )}
    </AuthGuard>
  );
}
