import { Link } from '@tanstack/react-router';
import { Eye, Play, Timer } from 'lucide-react';
import type { Stream } from '@/api/types';
import { elapsedText } from '@/lib/elapsed';
import { useNumbers, useText } from '@/lib/intl';
import { useCategoryName } from '@/lib/use_category_name';
import { useNow } from '@/lib/use_now';
import { Avatar } from '@/ui/Avatar';
import { buttonClass } from '@/ui/Button';
import { LiveBadge } from '@/ui/LiveBadge';
import { StreamPicture } from './StreamPicture';

/** The only channel on air gets the stage to itself. */
export function StreamFeature({ stream }: { stream: Stream }) {
  const text = useText();
  const categoryName = useCategoryName();
  const { compact } = useNumbers();
  const now = useNow();
  const { channel } = stream;
  const title = stream.title === '' ? text('channel.untitled', { name: channel.name }) : stream.title;

  return (
    <article className="grid animate-rise overflow-hidden rounded-2xl border border-line bg-surface shadow-lift lg:grid-cols-[1.7fr_1fr]">
      <Link
        to="/streams/$slug"
        params={{ slug: channel.slug }}
        tabIndex={-1}
        aria-hidden="true"
        className="group relative block aspect-video overflow-hidden bg-raised"
      >
        <StreamPicture stream={stream} className="size-full object-cover transition-transform duration-700 group-hover:scale-[1.03]" />
      </Link>
      <div className="flex flex-col items-start justify-center gap-4 p-6 sm:p-8">
        <LiveBadge label={text(stream.reconnecting ? 'status.reconnecting' : 'status.live')} waiting={stream.reconnecting} />
        <h2 className="text-2xl leading-tight font-semibold tracking-tight text-balance sm:text-3xl">{title}</h2>
        <p className="flex items-center gap-2.5 font-medium">
          <Avatar slug={channel.slug} name={channel.name} image={channel.avatar} className="size-8 text-xs" />
          {channel.name}
          {stream.category !== '' && <span className="rounded-md bg-raised px-1.5 py-0.5 text-xs text-soft">{categoryName(stream.category)}</span>}
        </p>
        <p className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm text-soft tabular">
          {stream.viewerCount > 0 && (
            <span className="inline-flex items-center gap-1.5">
              <Eye className="size-4" aria-hidden="true" />
              <span className="sr-only">{text('channel.viewers', { count: stream.viewerCount })}</span>
              <span aria-hidden="true">{compact(stream.viewerCount)}</span>
            </span>
          )}
          {stream.startTime !== null && (
            <span className="inline-flex items-center gap-1.5">
              <Timer className="size-4" aria-hidden="true" />
              {elapsedText(stream.startTime, now)}
            </span>
          )}
        </p>
        <Link to="/streams/$slug" params={{ slug: channel.slug }} aria-label={text('card.open', { channel: channel.name, title })} className={buttonClass()}>
          <Play className="size-4 fill-current" />
          {text('card.watch')}
        </Link>
      </div>
    </article>
  );
}
