import { useSearch } from '@tanstack/react-router';
import { AuthFrame } from '@/accounts/AuthFrame';
import { VerifyNotice } from '@/accounts/VerifyNotice';
import { useText } from '@/lib/intl';
import { FormProblem } from '@/ui/FormProblem';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

export function VerifyPage() {
  const text = useText();
  const { token } = useSearch({ from: '/auth/verify' });
  useTitle(text('title.verify', { site: useSiteName() }));
  return (
    <AuthFrame title={text('verify.title')}>{token ? <VerifyNotice token={token} /> : <FormProblem>{text('problem.link_dead')}</FormProblem>}</AuthFrame>
  );
}
