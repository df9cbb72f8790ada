import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { streamQuery } from '@/api/channels';
import { channelQuery, siteQuery } from '@/api/queries';
import type { Channel } from '@/api/types';
import { useText } from '@/lib/intl';
import { buttonClass } from '@/ui/Button';
import { Panel } from '@/ui/Panel';
import { EncoderPanel } from './EncoderPanel';
import { GoLiveButton } from './GoLiveButton';
import { StreamSettings } from './StreamSettings';
import { StreamStatus } from './StreamStatus';

interface DashboardProps {
  channel: Channel;
  /** The picture as viewers get it; told what it measures. */
  preview: ReactNode;
  bitrate: number | null;
}

/** A creator's desk: what is on, who watches, and everything to change that. */
export function Dashboard({ channel, preview, bitrate }: DashboardProps) {
  const text = useText();
  const client = useQueryClient();
  const { data: site } = useQuery(siteQuery);
  const refresh = () => void client.invalidateQueries({ queryKey: channelQuery(channel.slug).queryKey });
  const stream = useLastStream(channel);

  return (
    <div className="grid gap-5 xl:grid-cols-[1fr_24rem]">
      <div className="flex min-w-0 flex-col gap-5">
        <div className="overflow-hidden rounded-2xl border border-line bg-black shadow-lift">
          <div className="aspect-video">{preview}</div>
        </div>
        <Panel
          title={text('dashboard.broadcast')}
          aside={
            <span className="flex flex-wrap gap-2">
              <Link to="/streams/$slug" params={{ slug: channel.slug }} className={buttonClass('quiet')}>
                <ExternalLink className="size-4" />
                {text('dashboard.watch_page')}
              </Link>
              <GoLiveButton channel={channel} onChanged={refresh} />
            </span>
          }
        >
          <StreamStatus stream={stream} bitrate={bitrate} />
        </Panel>
        <Panel title={text('stream.settings')} body={text('stream.settings_body')}>
          <StreamSettings channel={channel} onChanged={refresh} />
        </Panel>
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <EncoderPanel slug={channel.slug} site={site} onRotated={refresh} />
      </div>
    </div>
  );
}

/** The channel's stream; after its end what became of it, for as long as this page is open. */
function useLastStream(channel: Channel) {
  const [seen, setSeen] = useState<string | null>(null);
  const current = channel.stream;
  // A prepared one that never went on air has no end to tell of.
  if (current && current.id !== seen && current.status !== 'OFFLINE') setSeen(current.id);
  const gone = current || seen === null ? null : seen;
  const last = useQuery({ ...streamQuery(gone ?? ''), enabled: gone !== null });
  return current ?? (gone === null ? null : last.data);
}
