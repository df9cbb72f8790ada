import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { ApiError } from '@/api/client';
import { channelQuery } from '@/api/queries';
import type { Channel } from '@/api/types';
import { classes } from '@/lib/class_names';
import { useText } from '@/lib/intl';
import { setTheatre, useTheatre } from '@/lib/theatre';
import { ChannelAbout } from '@/live/ChannelAbout';
import { CreatorCard } from '@/live/CreatorCard';
import { StreamInfo } from '@/live/StreamInfo';
import { HLSPlayer } from '@/player/HLSPlayer';
import { Button, buttonClass } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { SlugArt } from '@/ui/SlugArt';
import { useSource } from './source_of';
import { useOnAir } from './use_on_air';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

function titleOf(channel: Channel | null | undefined, untitled: string): string {
  const title = channel?.stream?.title ?? '';
  return title === '' ? untitled : title;
}

export function StreamPage() {
  const text = useText();
  const { slug } = useParams({ from: '/streams/$slug' });
  const channel = useQuery(channelQuery(slug));
  const source = useSource(channel.data);
  useOnAir(slug, channel.data);
  const theatre = useTheatre();
  const stage = useMemo(() => ({ active: theatre, onChange: setTheatre }), [theatre]);
  useEffect(() => () => setTheatre(false), []);
  const site = useSiteName();
  const name = channel.data?.name ?? slug;
  const title = titleOf(channel.data, text('channel.untitled', { name }));
  useTitle(pageTitle());

  if (channel.data === null) {
    return (
      <Notice kicker={text('not_found.code')} title={text('not_found.channel_title')} body={text('not_found.channel_body', { slug })}>
        <Link to="/" className={buttonClass()}>
          {text('action.back_home')}
        </Link>
      </Notice>
    );
  }
  // A channel that was renamed is still found by its old names.
  if (channel.data && channel.data.slug !== slug) return <Navigate to="/streams/$slug" params={{ slug: channel.data.slug }} replace />;
  if (channel.isLoadingError) {
    const code = channel.error instanceof ApiError ? channel.error.code : 'unknown';
    return (
      <Notice kicker={text('error.code', { code })} title={text('error.title')} body={text('error.body')}>
        <Button onClick={() => void channel.refetch()}>{text('action.retry')}</Button>
      </Notice>
    );
  }

  return (
    <div className={classes('lamps', !theatre && 'lg:px-6 lg:pt-6')}>
      <div className={classes('mx-auto', !theatre && 'max-w-[min(100rem,calc((100dvh-13rem)*16/9))]')}>
        <div
          className={classes(
            'overflow-hidden bg-black max-lg:sticky max-lg:top-14 max-lg:z-20 max-lg:-mx-0',
            theatre ? 'h-[calc(100dvh-3.5rem)] max-h-[56.25vw]' : 'aspect-video lg:rounded-2xl lg:border lg:border-line lg:shadow-lift',
          )}
        >
          <HLSPlayer
            key={slug}
            title={title}
            name={name}
            source={source}
            soundOnly={channel.data?.stream?.hasVideo === false}
            theatre={stage}
            backdrop={<SlugArt slug={slug} className="size-full" />}
          />
        </div>
      </div>
      <div className="mx-auto flex max-w-[min(100rem,calc((100dvh-13rem)*16/9))] flex-col gap-7 px-5 py-6 lg:px-1">
        {channel.data ? (
          <>
            <StreamInfo channel={channel.data} />
            <CreatorCard channel={channel.data} />
            <ChannelAbout channel={channel.data} />
          </>
        ) : (
          <div role="status" aria-label={text('loading')}>
            <Skeleton className="h-8 w-2/3" />
            <Skeleton className="mt-3 h-5 w-1/4" />
          </div>
        )}
      </div>
    </div>
  );

  function pageTitle(): string {
    if (channel.data === null) return text('title.not_found', { site });
    return channel.data?.stream?.status === 'LIVE' ? text('title.channel_live', { title, name, site }) : text('title.channel_offline', { name, site });
  }
}
