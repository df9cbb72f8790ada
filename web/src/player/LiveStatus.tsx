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
      className={classes(
        'ml-1 inline-flex h-8 items-center gap-2 rounded-lg px-2.5 text-xs font-bold tracking-wide uppercase transition-colors',
        onAir ? 'bg-black/60 text-white hover:bg-black/80' : 'bg-white/90 text-[#0b0d13] hover:bg-white',
      )}
    >
      <span className={classes('size-2 rounded-full', onAir ? 'bg-[#ff6d3f]' : 'bg-current opacity-50')} />
      {behind ? text('player.go_live') : text('player.live')}
      {seconds !== null && (
        <>
          <span className={classes('font-mono text-[11px] font-medium normal-case tabular', onAir && 'text-[#86e4f5]')}>{text('player.seconds', { seconds })}</span>
          <span className="sr-only">{text('player.behind')}</span>
        </>
      )}
    </button>
  );
}
