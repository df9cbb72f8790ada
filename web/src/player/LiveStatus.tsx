import { classes } from '@/lib/class_names';
import { useNumbers, useText } from '@/lib/intl';
import type { Snapshot } from './engine';
import { isBehind, shownLatency } from './latency_shown';

/** On air and how far behind, measured; behind the live edge it is the way back to it. */
export function LiveStatus({ snapshot, onGoLive }: { snapshot: Snapshot; onGoLive: () => void }) {
  const text = useText();
  const { fixed } = useNumbers();
  const latency = shownLatency(snapshot.reading);
  const behind = isBehind(snapshot);
  const onAir = snapshot.state === 'live' && !behind;
  const seconds = latency === null ? null : fixed(latency, 1);

  return (
    <button
      type="button"
      onClick={onGoLive}
      aria-label={liveLabel()}
      className={classes(
        'ml-1 inline-flex h-8 items-center gap-2 rounded-lg px-2.5 text-xs font-bold tracking-wide uppercase transition-colors',
        onAir ? 'bg-white/10 text-white hover:bg-white/20' : 'bg-white/15 text-white hover:bg-white/25',
      )}
    >
      <span className={classes('size-2 rounded-full', onAir ? 'bg-[#ff6d3f]' : 'bg-white/50')} />
      {behind ? text('player.go_live') : text('player.live')}
      {seconds !== null && <span className="font-mono text-[11px] font-medium text-[#86e4f5] normal-case tabular">{text('player.seconds', { seconds })}</span>}
    </button>
  );

  function liveLabel(): string {
    if (behind && seconds !== null) return `${text('player.go_live')}, ${text('player.behind', { seconds })}`;
    if (behind) return text('player.go_live');
    return seconds === null ? text('player.live') : text('player.live_latency', { seconds });
  }
}
