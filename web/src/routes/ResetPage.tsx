import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { AuthFrame, kTextLink } from '@/accounts/AuthFrame';
import { AskResetForm, ChoosePasswordForm } from '@/accounts/ResetForms';
import { useText } from '@/lib/intl';
import { showToast } from '@/ui/toasts';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

export function ResetPage() {
  const text = useText();
  const navigate = useNavigate();
  const { token } = useSearch({ from: '/auth/reset' });
  const [sentTo, setSentTo] = useState<string | null>(null);
  useTitle(text('title.reset', { site: useSiteName() }));
  const foot = (
    <Link to="/auth/login" className={kTextLink}>
      {text('reset.back')}
    </Link>
  );

  if (token) {
    const saved = () => {
      showToast(text('reset.saved'));
      void navigate({ to: '/auth/login', search: {} });
    };
    return (
      <AuthFrame title={text('reset.choose_title')} foot={foot}>
        <ChoosePasswordForm token={token} onDone={saved} />
      </AuthFrame>
    );
  }
  if (sentTo) {
    return (
      <AuthFrame title={text('reset.sent_title')} foot={foot}>
        <p role="status" className="leading-relaxed text-soft">
          {text('reset.sent_body', { email: sentTo })}
        </p>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={text('reset.title')} body={text('reset.body')} foot={foot}>
      <AskResetForm onDone={setSentTo} />
    </AuthFrame>
  );
}
