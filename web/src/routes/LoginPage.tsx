import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { AuthFrame, kTextLink } from '@/accounts/AuthFrame';
import { LoginForm } from '@/accounts/LoginForm';
import { OtherWaysIn } from '@/accounts/OtherWaysIn';
import { nextPage } from '@/accounts/next_page';
import { ApiError } from '@/api/client';
import { useExplain } from '@/api/explain';
import { becomeSomebody, type Me } from '@/api/people';
import { useText } from '@/lib/intl';
import { FormProblem } from '@/ui/FormProblem';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

export function LoginPage() {
  const text = useText();
  const site = useSiteName();
  const client = useQueryClient();
  const router = useRouter();
  const explain = useExplain();
  const { next, error } = useSearch({ from: '/auth/login' });
  useTitle(text('title.login', { site }));

  async function enter(me: Me) {
    await becomeSomebody(client, me);
    router.history.push(me.onboarded ? nextPage(next, '/') : '/auth/onboard');
  }

  return (
    <AuthFrame
      title={text('login.title')}
      foot={
        <>
          {text('login.have_none')}{' '}
          <Link to="/auth/register" search={{ next }} className={kTextLink}>
            {text('nav.register')}
          </Link>
        </>
      }
    >
      {error && (
        <div className="mb-5">
          <FormProblem>{explain(new ApiError(0, error, error))}</FormProblem>
        </div>
      )}
      <LoginForm onDone={(me) => void enter(me)} />
      <OtherWaysIn next={nextPage(next, '/')} onDone={(me) => void enter(me)} />
      <p className="mt-5 text-center text-sm">
        <Link to="/auth/reset" className={kTextLink}>
          {text('login.forgotten')}
        </Link>
      </p>
    </AuthFrame>
  );
}
