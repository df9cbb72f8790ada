import { AudioLines, CirclePlay, MonitorX, Moon, Play, Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText, type MessageId } from '@/lib/intl';
import { classes } from '@/lib/class_names';
import { Spinner } from '@/ui/Spinner';
import type { PlayerState } from './player_state';

interface StateScreenProps {
  state: PlayerState;
  paused: boolean;
  name: string;
  onPlay: () => void;
}

const kWaiting: Partial<Record<PlayerState, { title: MessageId; body?: MessageId }>> = {
  starting: { title: 'player.starting' },
  stalled: { title: 'player.stalled' },
  reconnecting: { title: 'player.reconnecting', body: 'player.reconnecting_body' },
};

/** What covers the picture when there is something to say about it. */
export function StateScreen({ state, paused, name, onPlay }: StateScreenProps) {
  const text = useText();
  const waiting = kWaiting[state];
  if (state === 'live' && paused) return <BigPlay onPlay={onPlay} />;
  if (waiting && paused && state === 'starting') return <BigPlay onPlay={onPlay} />;
  if (waiting) {
    return (
      <Cover key={state} quick={state !== 'starting'} veil={state !== 'starting'}>
        <Spinner className="size-11 text-[#ff6d3f]" />
        <p className="text-base font-semibold">{text(waiting.title)}</p>
        {waiting.body && <p className="max-w-xs text-sm text-white/80 max-sm:hidden">{text(waiting.body)}</p>}
      </Cover>
    );
  }
  if (state === 'offline') return <Slate icon={<Moon />} title={text('player.offline', { name })} body={text('player.offline_body')} />;
  if (state === 'ended') return <Slate icon={<CirclePlay />} title={text('player.ended')} body={text('player.ended_body')} />;
  if (state === 'failed') return <Slate icon={<MonitorX />} title={text('player.failed')} body={text('player.failed_body')} />;
  return null;
}

function Cover({ children, veil, quick }: { children: ReactNode; veil: boolean; quick: boolean }) {
  return (
    <div
      className={classes(
        'pointer-events-none absolute inset-0 z-10 flex flex-col items-center justify-center gap-3 px-6 text-center text-white',
        veil && 'bg-black/55',
        // A wait that is over in a moment never gets to be seen.
        quick && 'animate-fade [animation-delay:300ms]',
      )}
    >
      {children}
    </div>
  );
}

function Slate({ icon, title, body }: { icon: ReactNode; title: string; body: string }) {
  return (
    <Cover veil={false} quick={false}>
      <span className="grid size-14 place-items-center rounded-2xl bg-white/10 text-white backdrop-blur [&_svg]:size-6">{icon}</span>
      <p className="text-lg font-semibold text-balance sm:text-2xl">{title}</p>
      <p className="max-w-sm text-sm text-pretty text-white/85">{body}</p>
    </Cover>
  );
}

function BigPlay({ onPlay }: { onPlay: () => void }) {
  const text = useText();
  return (
    <button
      type="button"
      aria-label={text('player.play')}
      onClick={onPlay}
      className="absolute top-1/2 left-1/2 z-10 grid size-20 -translate-1/2 animate-fade place-items-center rounded-full bg-[#ff6d3f] text-[#1c0a03] shadow-lift transition-transform hover:scale-105"
    >
      <Play className="ml-1 size-9 fill-current" />
    </button>
  );
}

export function SoundOnly() {
  const text = useText();
  return (
    <p className="pointer-events-none absolute inset-0 z-10 flex items-center justify-center gap-2.5 text-base font-semibold text-white">
      <AudioLines className="size-6 text-[#ff8a63]" />
      {text('player.no_picture')}
    </p>
  );
}

/** The browser started the picture without sound; the next touch should bring it. */
export function UnmutePrompt({ onUnmute }: { onUnmute: () => void }) {
  const text = useText();
  return (
    <button
      type="button"
      onClick={onUnmute}
      className="absolute top-3 left-1/2 z-20 inline-flex min-h-11 -translate-x-1/2 animate-rise items-center gap-2.5 rounded-full bg-white px-5 text-sm font-semibold text-[#0b0d13] shadow-lift transition-transform hover:scale-[1.03]"
    >
      <Volume2 className="size-5" />
      {text('player.unmute_big')}
    </button>
  );
}
