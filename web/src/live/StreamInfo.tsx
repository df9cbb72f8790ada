import { Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Channel } from '@/api/types';
import { elapsedText } from '@/lib/elapsed';
import { useText } from '@/lib/intl';
import { useCategoryName } from '@/lib/use_category_name';
import { useNow } from '@/lib/use_now';
import { Avatar } from '@/ui/Avatar';
import { LiveBadge } from '@/ui/LiveBadge';
import { ViewerCount } from './ViewerCount';

/** The lines under the player: what is on, whose it is, since when, for how many. */
export function StreamInfo({ channel }: { channel: Channel }) {
  const text = useText();
  const categoryName = useCategoryName();
  const { stream } = channel;
  const live = stream?.status === 'LIVE';
  const title = (live && stream.title) || text('channel.untitled', { name: channel.name });
  const category = (live && stream.category) || channel.category;

  return (
    <div className="flex flex-col gap-5 lg:flex-row lg:items-start">
      <Avatar slug={channel.slug} name={channel.name} image={channel.avatar} live={live} className="size-14 text-xl max-lg:hidden" />
      <div className="min-w-0 flex-1">
        <div className="flex items-start gap-3">
          <Avatar slug={channel.slug} name={channel.name} image={channel.avatar} live={live} className="size-11 text-base lg:hidden" />
          <div className="min-w-0">
            <h1 className="text-xl leading-tight font-semibold tracking-tight text-balance sm:text-2xl">{live ? title : channel.name}</h1>
            {live && <p className="mt-1 font-medium text-soft">{channel.name}</p>}
          </div>
        </div>
        <ul className="mt-3 flex flex-wrap gap-1.5" aria-label={text('channel.tags')}>
          {category && <li className="rounded-md bg-raised px-2 py-1 text-xs font-medium text-ember-text">{categoryName(category)}</li>}
          {channel.tags.map((tag) => (
            <li key={tag} className="rounded-md bg-raised px-2 py-1 text-xs text-soft">
              {tag}
            </li>
          ))}
          {channel.language && <li className="rounded-md bg-raised px-2 py-1 font-mono text-xs text-soft uppercase">{channel.language}</li>}
        </ul>
      </div>
      {live ? <OnAir startTime={stream.startTime} viewers={stream.viewerCount} reconnecting={stream.reconnecting} /> : <OffAir />}
    </div>
  );
}

function OnAir({ startTime, viewers, reconnecting }: { startTime: string | null; viewers: number; reconnecting: boolean }) {
  const text = useText();
  const now = useNow();
  return (
    <div className="flex shrink-0 items-center gap-4 text-sm">
      <LiveBadge label={text(reconnecting ? 'status.reconnecting' : 'status.live')} waiting={reconnecting} />
      <ViewerCount count={viewers} />
      <dl className="flex items-center gap-4">
        {startTime && <Figure icon={<Timer className="size-4" />} label={text('channel.elapsed')} value={elapsedText(startTime, now)} />}
      </dl>
    </div>
  );
}

function Figure({ icon, label, value }: { icon: ReactNode; label: string; value: string }) {
  return (
    <div className="flex items-center gap-1.5" title={label}>
      <dt className="flex items-center text-faint">
        {icon}
        <span className="sr-only">{label}</span>
      </dt>
      <dd className="font-semibold tabular">{value}</dd>
    </div>
  );
}

function OffAir() {
  const text = useText();
  return <p className="shrink-0 rounded-md border border-line-strong px-2 py-1 text-xs font-semibold text-soft uppercase">{text('status.offline')}</p>;
}
