import { uploadChannelPicture } from '@/api/channels';
import { useExplain } from '@/api/explain';
import type { Channel } from '@/api/types';
import { useText } from '@/lib/intl';
import { Avatar } from '@/ui/Avatar';
import { ImageUpload } from '@/ui/ImageUpload';
import { SlugArt } from '@/ui/SlugArt';
import { showToast } from '@/ui/toasts';

/** A banner is this much wider than high. */
export const kBannerAspect = 2.5;

/** The channel's two pictures. */
export function BannerUpload({ channel, onChanged }: { channel: Channel; onChanged: () => void }) {
  const text = useText();
  const explain = useExplain();
  const sendAs = (kind: 'avatar' | 'banner') => async (picture: Blob, onProgress: (share: number) => void) => {
    await uploadChannelPicture(kind, channel.slug, picture, onProgress);
    showToast(text('channel_form.picture_saved'));
    onChanged();
  };

  return (
    <div className="flex flex-col gap-5">
      <div className="relative aspect-[5/2] overflow-hidden rounded-xl bg-raised">
        {channel.banner ? (
          <img src={channel.banner} alt={text('channel_form.banner')} className="size-full object-cover" />
        ) : (
          <SlugArt slug={channel.slug} className="size-full" />
        )}
      </div>
      <ImageUpload
        label={text('channel_form.banner_choose')}
        hint={text('channel_form.banner_hint')}
        aspect={kBannerAspect}
        onUpload={sendAs('banner')}
        explain={explain}
      />
      <div className="flex items-start gap-4 border-t border-line pt-5">
        <Avatar slug={channel.slug} name={channel.name} image={channel.avatar} className="size-16 text-xl" />
        <ImageUpload
          label={text('channel_form.avatar_choose')}
          hint={text('channel_form.avatar_hint')}
          aspect={1}
          round
          onUpload={sendAs('avatar')}
          explain={explain}
        />
      </div>
    </div>
  );
}
