import { Link, useSearch } from '@tanstack/react-router';
import { Plus, RadioTower, Settings2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { AuthGuard } from '@/accounts/AuthGuard';
import { VerifyBanner } from '@/accounts/VerifyBanner';
import type { Me } from '@/api/people';
import type { Channel } from '@/api/types';
import { ChannelTabs } from '@/dashboard/ChannelTabs';
import { Dashboard } from '@/dashboard/Dashboard';
import { useText } from '@/lib/intl';
import { buttonClass } from '@/ui/Button';
import { SlugArt } from '@/ui/SlugArt';
import { DeskFrame } from './DeskFrame';
import { OwnChannelGate } from './OwnChannelGate';
import { useSource } from './source_of';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

// The desk can be read while the player is still on its way.
const HLSPlayer = lazy(() => import('@/player/HLSPlayer').then((module) => ({ default: module.HLSPlayer })));

export function DashboardPage() {
  const text = useText();
  useTitle(text('title.dashboard', { site: useSiteName() }));
  return <AuthGuard>{(me) => (me.channels.length === 0 ? <FirstSteps me={me} /> : <Desk me={me} />)}</AuthGuard>;
}

function Desk({ me }: { me: Me }) {
  const text = useText();
  const { channel: wanted } = useSearch({ from: '/dashboard' });
  const chosen = me.channels.find(({ slug }) => slug === wanted) ?? me.channels[0];
  if (!chosen) return null;
  const aside = (
    <Link to="/dashboard/channel" search={{ channel: chosen.slug }} className={buttonClass('outline')}>
      <Settings2 className="size-4" />
      {text('dashboard.edit_channel')}
    </Link>
  );
  return (
    <DeskFrame title={chosen.name} aside={aside}>
      <VerifyBanner me={me} />
      <ChannelTabs channels={me.channels} chosen={chosen.slug} to="/dashboard" />
      <OwnChannelGate slug={chosen.slug}>{(channel) => <DeskOf key={channel.id} channel={channel} />}</OwnChannelGate>
    </DeskFrame>
  );
}

function DeskOf({ channel }: { channel: Channel }) {
  const text = useText();
  const [bitrate, setBitrate] = useState<number | null>(null);
  const source = useSource(channel, true);
  return (
    <Dashboard
      channel={channel}
      bitrate={source ? bitrate : null}
      preview={
        <Suspense>
          <HLSPlayer
            title={text('dashboard.preview', { name: channel.name })}
            name={channel.name}
            source={source}
            soundOnly={channel.stream?.hasVideo === false}
            onBitrate={setBitrate}
            backdrop={<SlugArt slug={channel.slug} className="size-full" />}
          />
        </Suspense>
      }
    />
  );
}

/** Somebody without a channel: one thing to do. */
function FirstSteps({ me }: { me: Me }) {
  const text = useText();
  return (
    <DeskFrame title={text('dashboard.welcome', { name: me.displayName })}>
      <VerifyBanner me={me} />
      <div className="grid items-center gap-8 overflow-hidden rounded-2xl border border-line bg-surface shadow-lift md:grid-cols-[1fr_20rem]">
        <div className="flex flex-col items-start gap-4 p-6 sm:p-10">
          <RadioTower className="size-7 text-ember-text" />
          <h2 className="text-2xl font-semibold tracking-tight text-balance">{text('dashboard.first_title')}</h2>
          <p className="max-w-prose leading-relaxed text-soft">{text('dashboard.first_body')}</p>
          <Link to="/dashboard/channel" search={{ fresh: true }} className={buttonClass()}>
            <Plus className="size-4" />
            {text('dashboard.first_action')}
          </Link>
        </div>
        <SlugArt slug={me.username ?? me.id} className="size-full max-md:h-32" />
      </div>
    </DeskFrame>
  );
}
