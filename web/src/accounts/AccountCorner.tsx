import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { logout } from '@/api/auth';
import { codeOf } from '@/api/client';
import { becomeSomebody, meQuery } from '@/api/people';
import { useText } from '@/lib/intl';
import { buttonClass } from '@/ui/Button';
import { showToast } from '@/ui/toasts';
import { AccountFace } from './AccountFace';

const loadMenu = () => import('./AccountMenu');
const AccountMenu = lazy(() => loadMenu().then((module) => ({ default: module.AccountMenu })));

/** The right end of the navigation: the way in, or oneself. */
export function AccountCorner() {
  const text = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const [wanted, setWanted] = useState(false);

  async function leave() {
    try {
      await logout();
    } catch (error) {
      // A session that is gone already is what was asked for.
      if (codeOf(error) !== 'not_signed_in') {
        showToast(text('error.title'), 'bad');
        return;
      }
    }
    setWanted(false);
    await navigate({ to: '/' });
    await becomeSomebody(client, null);
  }

  if (me === undefined) return <span className="size-10" />;
  if (me === null) {
    return (
      <>
        <Link to="/auth/login" className={buttonClass('quiet')}>
          {text('nav.login')}
        </Link>
        <Link to="/auth/register" className={buttonClass()}>
          {text('nav.register')}
        </Link>
      </>
    );
  }
  const face = <AccountFace me={me} onPointerEnter={() => void loadMenu()} onFocus={() => void loadMenu()} onClick={() => setWanted(true)} />;
  if (!wanted) return face;
  return (
    <Suspense fallback={face}>
      <AccountMenu me={me} onLogout={() => void leave()} defaultOpen />
    </Suspense>
  );
}
