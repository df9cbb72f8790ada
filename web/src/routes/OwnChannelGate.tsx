import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { codeOf } from '@/api/client';
import { channelQuery } from '@/api/queries';
import type { Channel } from '@/api/types';
import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';

/** Draws what is about one of the reader's channels, once it is there. */
export function OwnChannelGate({ slug, children }: { slug: string; children: (channel: Channel) => ReactNode }) {
  const text = useText();
  const channel = useQuery(channelQuery(slug));
  if (channel.data) return children(channel.data);
  if (channel.data === null) return <Notice kicker={text('not_found.code')} title={text('not_found.channel_title')} body={text('not_found.channel_body', { slug })} />;
  if (channel.isLoadingError) {
    return (
      <Notice kicker={text('error.code', { code: codeOf(channel.error) })} title={text('error.title')} body={text('error.body')}>
        <Button onClick={() => void channel.refetch()}>{text('action.retry')}</Button>
      </Notice>
    );
  }
  return (
    <div role="status" aria-label={text('loading')} className="grid gap-5 xl:grid-cols-[1fr_24rem]">
      <Skeleton className="aspect-video" />
      <Skeleton className="h-80" />
    </div>
  );
}
