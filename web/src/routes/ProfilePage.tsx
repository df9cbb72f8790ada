import { useQueryClient } from '@tanstack/react-query';
import { AuthGuard } from '@/accounts/AuthGuard';
import { ProfileEditor } from '@/accounts/ProfileEditor';
import { changeMe, type Me } from '@/api/people';
import { useText } from '@/lib/intl';
import { setTheme } from '@/lib/theme';
import { isLanguage, speak } from '@/lib/words';
import { showToast } from '@/ui/toasts';
import { DeskFrame } from './DeskFrame';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

export function ProfilePage() {
  const text = useText();
  const client = useQueryClient();
  useTitle(text('title.profile', { site: useSiteName() }));

  function saved(me: Me) {
    changeMe(client, me);
    setTheme(me.theme === 'light' ? 'light' : 'dark');
    if (isLanguage(me.language)) void speak(me.language);
    showToast(text('profile.saved'));
  }

  return (
    <AuthGuard>
      {(me) => (
        <DeskFrame title={text('profile.title')} body={text('profile.body')}>
          <ProfileEditor me={me} onSaved={saved} />
        </DeskFrame>
      )}
    </AuthGuard>
  );
}
