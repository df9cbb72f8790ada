import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import type { Channel } from '@/api/types';
import { useNumbers, useText } from '@/lib/intl';
import { Avatar } from '@/ui/Avatar';
import { buttonClass } from '@/ui/Button';
import { LiveBadge } from '@/ui/LiveBadge';
import { SlugArt } from '@/ui/SlugArt';
import { SocialLinks } from '@/ui/SocialLinks';
import { FollowButton } from './FollowButton';
import { ShareButton } from './ShareButton';

/** The top of a channel's own page: its banner, its face, its name. */
export function ChannelHeader({ channel }: { channel: Channel }) {
  const text = useText();
  const { compact } = useNumbers();
  const live = channel.stream?.status === 'LIVE';
  return (
    <header>
      <div className="relative aspect-[5/2] max-h-80 w-full overflow-hidden bg-raised sm:aspect-[4/1] lg:rounded-2xl lg:border lg:border-line">
        {channel.banner ? <img src={channel.banner} alt="" className="size-full object-cover" /> : <SlugArt slug={channel.slug} className="size-full" />}
      </div>
      <div className="flex flex-col gap-4 px-5 sm:flex-row sm:items-end lg:px-4">
        <Avatar
          slug={channel.slug}
          name={channel.name}
          image={channel.avatar}
          live={live}
          className="-mt-10 size-24 border-4 border-canvas text-3xl sm:-mt-12 sm:size-32 sm:text-4xl"
        />
        <div className="min-w-0 flex-1 sm:pb-1">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-2xl font-semibold tracking-tight break-words sm:text-3xl">{channel.name}</h1>
            {live && <LiveBadge label={text(channel.stream?.reconnecting ? 'status.reconnecting' : 'status.live')} waiting={channel.stream?.reconnecting ?? false} />}
          </div>
          <p className="mt-1 text-sm text-soft">
            {channel.creator && <span>{text('profile.handle', { username: channel.creator.username })}</span>}
            {channel.creator && ' · '}
            <span>{text('channel.followers', { count: channel.followerCount, shown: compact(channel.followerCount) })}</span>
          </p>
        </div>
        <div className="flex flex-wrap gap-2 sm:pb-1">
          {live && (
            <Link to="/streams/$slug" params={{ slug: channel.slug }} className={buttonClass()}>
              <Play className="size-4 fill-current" />
              {text('card.watch')}
            </Link>
          )}
          <FollowButton channel={channel} />
          <ShareButton slug={channel.slug} name={channel.name} />
        </div>
      </div>
      <div className="mt-5 px-5 lg:px-4">
        <SocialLinks links={channel.socialLinks} />
      </div>
    </header>
  );
}
