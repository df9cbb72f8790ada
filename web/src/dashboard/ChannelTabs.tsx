import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { OwnChannel } from '@/api/people';
import { classes } from '@/lib/class_names';
import { useText } from '@/lib/intl';
import { Avatar } from '@/ui/Avatar';

interface ChannelTabsProps {
  channels: readonly OwnChannel[];
  /** The chosen one's slug; empty: the new one. */
  chosen: string;
  to: '/dashboard' | '/dashboard/channel';
}

const kTab = 'inline-flex min-h-10 shrink-0 items-center gap-2 rounded-full border px-2 pr-4 text-sm transition-colors';

/** One's channels side by side; drawn where there is a choice. */
export function ChannelTabs({ channels, chosen, to }: ChannelTabsProps) {
  const text = useText();
  if (to === '/dashboard' && channels.length < 2) return null;
  return (
    <nav aria-label={text('dashboard.channels')} className="-mx-5 mb-6 flex gap-2 overflow-x-auto px-5 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0">
      {channels.map((channel) => (
        <Link
          key={channel.id}
          to={to}
          search={{ channel: channel.slug }}
          aria-current={channel.slug === chosen ? 'page' : undefined}
          className={classes(kTab, channel.slug === chosen ? 'border-line-strong bg-raised font-semibold' : 'border-line text-soft hover:bg-hover hover:text-ink')}
        >
          <Avatar slug={channel.slug} name={channel.name} image={channel.avatar} className="size-7 text-xs" />
          {channel.name}
        </Link>
      ))}
      {to === '/dashboard/channel' && channels.length > 0 && (
        <Link
          to={to}
          search={{ channel: undefined, fresh: true }}
          aria-current={chosen === '' ? 'page' : undefined}
          className={classes(kTab, 'pl-3', chosen === '' ? 'border-line-strong bg-raised font-semibold' : 'border-dashed border-line-strong text-soft hover:bg-hover hover:text-ink')}
        >
          <Plus className="size-4" />
          {text('dashboard.new_channel')}
        </Link>
      )}
    </nav>
  );
}
