import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { AuthFrame, kTextLink } from '@/accounts/AuthFrame';
import { SignUpForm } from '@/accounts/SignUpForm';
import { siteQuery } from '@/api/queries';
import { becomeSomebody, type Me } from '@/api/people';
import { useText } from '@/lib/intl';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

export function RegisterPage() {
  const text = useText();
  const site = useSiteName();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/auth/register' });
  const { data } = useQuery(siteQuery);
  const [sentTo, setSentTo] = useState<string | null>(null);
  useTitle(text('title.register', { site }));

  async function enter(me: Me) {
    await becomeSomebody(client, me);
    await navigate({ to: '/auth/onboard', search: { next } });
  }

  if (sentTo !== null) {
    return (
      <AuthFrame title={text('reset.sent_title')}>
        <p role="status" className="leading-relaxed text-soft">
          {text('register.sent', { email: sentTo })}
        </p>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={text('register.title', { site })}
      body={text('register.body')}
      foot={
        <>
          {data?.termsUrl && (
            <p className="mb-3">
              <a href={data.termsUrl} className={kTextLink}>
                {text('register.terms')}
              </a>
            </p>
          )}
          {text('register.have_one')}{' '}
          <Link to="/auth/login" search={{ next }} className={kTextLink}>
            {text('nav.login')}
          </Link>
        </>
      }
    >
      <SignUpForm onDone={(me) => void enter(me)} onMailSent={setSentTo} />
    </AuthFrame>
  );
}
