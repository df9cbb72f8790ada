import { useQueryClient } from '@tanstack/react-query';
import { useExplain } from '@/api/explain';
import { changeMe, type Me, meQuery, nameOf, uploadAvatar } from '@/api/people';
import { useText } from '@/lib/intl';
import { Avatar } from '@/ui/Avatar';
import { ImageUpload } from '@/ui/ImageUpload';
import { showToast } from '@/ui/toasts';

/** One's picture, and the way to another. */
export function AvatarUpload({ me }: { me: Me }) {
  const text = useText();
  const explain = useExplain();
  const client = useQueryClient();

  async function sendIt(picture: Blob, onProgress: (share: number) => void) {
    const { url } = await uploadAvatar(picture, onProgress);
    changeMe(client, { avatar: url });
    await client.invalidateQueries({ queryKey: meQuery.queryKey });
    showToast(text('profile.avatar_saved'));
  }

  return (
    <div className="flex items-start gap-4">
      <Avatar slug={me.username ?? me.id} name={nameOf(me)} image={me.avatar} className="size-20 text-2xl" />
      <ImageUpload label={text('profile.avatar_choose')} hint={text('profile.avatar_hint')} aspect={1} round onUpload={sendIt} explain={explain} />
    </div>
  );
}
