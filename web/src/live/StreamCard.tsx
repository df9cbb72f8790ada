import { Link } from '@tanstack/react-router';
import { Eye } from 'lucide-react';
import type { Stream } from '@/api/types';
import { elapsedText } from '@/lib/elapsed';
import { useNumbers, useText } from '@/lib/intl';
import { useCategoryName } from '@/lib/use_category_name';
import { useNow } from '@/lib/use_now';
import { Avatar } from '@/ui/Avatar';
import { LiveBadge } from '@/ui/LiveBadge';
import { StreamPicture } from './StreamPicture';

/** A live channel among others. `wide` is for a page that has only a few to show. */
export function StreamCard({ stream, wide = false }: { stream: Stream; wide?: boolean }) {
  const text = useText();
  const categoryName = useCategoryName();
  const { compact } = useNumbers();
  const now = useNow();
  const { channel } = stream;
  const title = stream.title || text('channel.untitled', { name: channel.name });

  return (
    <article className="group relative animate-rise">
      <div className="relative aspect-video overflow-hidden rounded-xl border border-line bg-raised transition-[transform,box-shadow,border-color] duration-300 group-hover:-translate-y-1 group-hover:border-line-strong group-hover:shadow-lift group-focus-within:border-line-strong">
        <StreamPicture stream={stream} className="size-full object-cover transition-transform duration-700 group-hover:scale-[1.04]" />
        <LiveBadge label={text(stream.reconnecting ? 'status.reconnecting' : 'status.live')} waiting={stream.reconnecting} className="absolute top-2.5 left-2.5" />
        <div className="absolute inset-x-2.5 bottom-2.5 flex items-center justify-between gap-2">
          {stream.viewerCount > 0 && (
            <Chip label={text('channel.viewers', { count: stream.viewerCount })}>
              <Eye className="size-3.5" />
              {compact(stream.viewerCount)}
            </Chip>
          )}
          {stream.startTime && <Chip label={text('card.elapsed', { elapsed: elapsedText(stream.startTime, now) })}>{elapsedText(stream.startTime, now)}</Chip>}
        </div>
      </div>
      <div className="mt-3 flex gap-3">
        <Avatar slug={channel.slug} name={channel.name} image={channel.avatar} className={wide ? 'size-11 text-base' : 'size-9 text-sm'} />
        <div className="min-w-0">
          <h2 className={wide ? 'text-lg leading-snug font-semibold tracking-tight' : 'text-[15px] leading-snug font-semibold'}>
            <Link
              to="/streams/$slug"
              params={{ slug: channel.slug }}
              aria-label={text('card.open', { channel: channel.name, title })}
              className="line-clamp-2 after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-4 focus-visible:after:outline-ice"
            >
              {title}
            </Link>
          </h2>
          <p className="mt-0.5 truncate text-sm text-soft">{channel.name}</p>
          {stream.category && <p className="mt-1.5 inline-flex rounded-md bg-raised px-1.5 py-0.5 text-xs text-soft">{categoryName(stream.category)}</p>}
        </div>
      </div>
    </article>
  );
}

function Chip({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span className="inline-flex h-6 items-center gap-1.5 rounded-md bg-black/70 px-1.5 text-xs font-medium text-white tabular backdrop-blur-sm">
      <span aria-hidden="true" className="contents">
        {children}
      </span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
