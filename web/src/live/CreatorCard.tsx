import { Link } from '@tanstack/react-router';
import type { Channel } from '@/api/types';
import { useNumbers, useText } from '@/lib/intl';
import { Avatar } from '@/ui/Avatar';
import { SocialLinks } from '@/ui/SocialLinks';
import { FollowButton } from './FollowButton';
import { ShareButton } from './ShareButton';

/** Whose channel this is, where else to find it, and how to come back. */
export function CreatorCard({ channel }: { channel: Channel }) {
  const text = useText();
  const { compact } = useNumbers();
  return (
    <section aria-labelledby="creator" className="flex flex-col gap-4 rounded-2xl border border-line bg-surface p-5 sm:p-6">
      <div className="flex flex-wrap items-center gap-4">
        <Avatar slug={channel.slug} name={channel.name} image={channel.avatar} className="size-14 text-xl" />
        <div className="min-w-0 flex-1">
          <h2 id="creator" className="truncate text-lg font-semibold tracking-tight">
            <Link to="/channel/$username" params={{ username: channel.slug }} className="hover:underline">
              {channel.name}
            </Link>
          </h2>
          <p className="text-sm text-soft">
            {channel.creator && <span>{text('channel.by', { name: channel.creator.displayName })}</span>}
            {channel.creator && ' · '}
            <span>{text('channel.followers', { count: channel.followerCount, shown: compact(channel.followerCount) })}</span>
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <FollowButton channel={channel} />
          <ShareButton slug={channel.slug} name={channel.name} />
        </div>
      </div>
      <SocialLinks links={channel.socialLinks} />
    </section>
  );
}
