import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { codeOf } from '@/api/client';
import { personQuery } from '@/api/people';
import { channelQuery } from '@/api/queries';
import type { Channel } from '@/api/types';
import { useText } from '@/lib/intl';
import { ChannelAbout } from '@/live/ChannelAbout';
import { ChannelHeader } from '@/live/ChannelHeader';
import { StreamFeature } from '@/live/StreamFeature';
import { Avatar } from '@/ui/Avatar';
import { Button, buttonClass } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { SocialLinks } from '@/ui/SocialLinks';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

/** A channel's own page: who it is, when nobody plays and when somebody does. */
export function ChannelPage() {
  const text = useText();
  const { username } = useParams({ from: '/channel/$username' });
  const channel = useQuery(channelQuery(username));
  const site = useSiteName();
  useTitle(channel.data === null ? text('title.not_found', { site }) : text('title.channel_offline', { name: channel.data?.name ?? username, site }));

  if (channel.data === null) return <PersonAlone username={username} />;
  if (channel.isLoadingError) {
    return (
      <Notice kicker={text('error.code', { code: codeOf(channel.error) })} title={text('error.title')} body={text('error.body')}>
        <Button onClick={() => void channel.refetch()}>{text('action.retry')}</Button>
      </Notice>
    );
  }
  if (!channel.data) {
    return (
      <div role="status" aria-label={text('loading')} className="mx-auto max-w-6xl lg:px-6 lg:py-6">
        <Skeleton className="aspect-[4/1] max-h-80 w-full" />
        <Skeleton className="mx-5 mt-6 h-8 w-1/3" />
      </div>
    );
  }
  // It is known by its creator's name and by the names it had; it lives at one address.
  if (channel.data.slug !== username) return <Navigate to="/channel/$username" params={{ username: channel.data.slug }} replace />;
  return <Known channel={channel.data} />;
}

function Known({ channel }: { channel: Channel }) {
  const text = useText();
  return (
    <div className="lamps">
      <div className="mx-auto flex max-w-6xl flex-col gap-7 pb-10 lg:px-6 lg:pt-6">
        <ChannelHeader channel={channel} />
        <div className="flex flex-col gap-7 px-5 lg:px-0">
          {channel.stream?.status === 'LIVE' ? (
            <StreamFeature stream={channel.stream} />
          ) : (
            <p className="rounded-2xl border border-dashed border-line-strong px-5 py-8 text-center text-soft">{text('channel.not_live', { name: channel.name })}</p>
          )}
          <ChannelAbout channel={channel} />
        </div>
      </div>
    </div>
  );
}

/** Somebody of that name who has no channel, or nobody at all. */
function PersonAlone({ username }: { username: string }) {
  const text = useText();
  const person = useQuery(personQuery(username));
  if (person.data) {
    const { displayName, avatar, bio, socialLinks } = person.data;
    return (
      <div className="lamps">
        <div className="mx-auto flex max-w-xl animate-rise flex-col items-center gap-4 px-5 py-16 text-center">
          <Avatar slug={person.data.username} name={displayName} image={avatar} className="size-28 text-4xl" />
          <h1 className="text-3xl font-semibold tracking-tight">{displayName}</h1>
          <p className="text-soft">{text('profile.handle', { username: person.data.username })}</p>
          {bio !== '' && <p className="leading-relaxed whitespace-pre-line text-soft">{bio}</p>}
          <SocialLinks links={socialLinks} />
          <p className="mt-4 text-sm text-soft">{text('channel.none_yet', { name: displayName })}</p>
        </div>
      </div>
    );
  }
  if (person.isPending) return <div role="status" aria-label={text('loading')} className="min-h-64" />;
  return (
    <Notice kicker={text('not_found.code')} title={text('not_found.channel_title')} body={text('not_found.channel_body', { slug: username })}>
      <Link to="/" className={buttonClass()}>
        {text('action.back_home')}
      </Link>
    </Notice>
  );
}
