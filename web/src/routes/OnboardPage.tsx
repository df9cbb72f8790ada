import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { AuthFrame } from '@/accounts/AuthFrame';
import { AuthGuard } from '@/accounts/AuthGuard';
import { AvatarUpload } from '@/accounts/AvatarUpload';
import { nextPage } from '@/accounts/next_page';
import { OnboardingForm } from '@/accounts/OnboardingForm';
import { becomeSomebody, type Me } from '@/api/people';
import { useText } from '@/lib/intl';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

export function OnboardPage() {
  const text = useText();
  const client = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from: '/auth/onboard' });
  useTitle(text('title.onboard', { site: useSiteName() }));

  async function enter(me: Me) {
    await becomeSomebody(client, me);
    router.history.push(nextPage(next, '/dashboard'));
  }

  return (
    <AuthGuard unnamed>
      {(me) => (
        <AuthFrame title={text('onboard.title')} body={text('onboard.body')}>
          <div className="mb-6 border-b border-line pb-6">
            <AvatarUpload me={me} />
          </div>
          <OnboardingForm me={me} onDone={(named) => void enter(named)} />
        </AuthFrame>
      )}
    </AuthGuard>
  );
}
