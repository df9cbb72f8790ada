import type { SocialLinks as Links } from '@/api/people';
import { useText } from '@/lib/intl';
import { Avatar } from '@/ui/Avatar';
import { SlugArt } from '@/ui/SlugArt';
import { SocialLinks } from '@/ui/SocialLinks';

interface ProfileCardProps {
  slug: string;
  name: string;
  username: string;
  avatar: string | null;
  bio: string;
  links: Links;
}

/** Somebody as others see them. */
export function ProfileCard({ slug, name, username, avatar, bio, links }: ProfileCardProps) {
  const text = useText();
  return (
    <article className="overflow-hidden rounded-2xl border border-line bg-surface shadow-lift">
      <SlugArt slug={slug} className="h-24 w-full" />
      <div className="p-5 pt-0">
        <Avatar slug={slug} name={name === '' ? ' ' : name} image={avatar} className="-mt-9 size-18 border-4 border-surface text-2xl" />
        <h3 className="mt-3 text-lg font-semibold tracking-tight break-words">{name}</h3>
        <p className="text-sm text-soft">{text('profile.handle', { username })}</p>
        {bio !== '' && <p className="mt-3 text-[15px] leading-relaxed break-words whitespace-pre-line text-soft">{bio}</p>}
        <div className="mt-4">
          <SocialLinks links={links} />
        </div>
      </div>
    </article>
  );
}
