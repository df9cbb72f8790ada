import { Activity, Eye, Timer, TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Stream } from '@/api/types';
import { classes } from '@/lib/class_names';
import { elapsedText } from '@/lib/elapsed';
import { useNumbers, useText } from '@/lib/intl';
import { useNow } from '@/lib/use_now';
import type { MessageId } from '@/lib/words';
import { isOnAir, type Phase, phaseOf } from './stream_phase';

const kWords: Record<Phase, [MessageId, MessageId]> = {
  silent: ['phase.silent', 'phase.silent_body'],
  prepared: ['phase.prepared', 'phase.prepared_body'],
  preview: ['phase.preview', 'phase.preview_body'],
  live: ['phase.live', 'phase.live_body'],
  reconnecting: ['phase.reconnecting', 'phase.reconnecting_body'],
  ending: ['phase.ending', 'phase.ending_body'],
  archived: ['phase.archived', 'phase.archived_body'],
};

interface StreamStatusProps {
  stream: Stream | null | undefined;
  /** Bits a second, as the preview measures them. */
  bitrate: number | null;
}

/** What is going on, in a word, a sentence and four numbers. */
export function StreamStatus({ stream, bitrate }: StreamStatusProps) {
  const text = useText();
  const { whole } = useNumbers();
  const now = useNow();
  const phase = phaseOf(stream);
  const [word, sentence] = kWords[phase];
  const onAir = isOnAir(phase);
  const none = text('player.stats.unknown');
  const elapsed = stream?.startTime ? elapsedText(stream.startTime, stream.endTime ? Date.parse(stream.endTime) : now) : none;

  return (
    <div data-phase={phase} data-testid="stream-status" className="flex flex-col gap-4">
      <div className="flex items-start gap-3">
        <span
          aria-hidden="true"
          className={classes(
            'mt-1.5 size-2.5 shrink-0 rounded-full',
            onAir ? 'animate-pulse-dot bg-ember' : phase === 'preview' ? 'animate-pulse-dot bg-ice' : 'bg-faint',
          )}
        />
        <div role="status">
          <p className="text-lg font-semibold tracking-tight">{text(word)}</p>
          <p className="text-sm text-soft">{text(sentence)}</p>
        </div>
      </div>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Figure icon={<Timer />} label={text('channel.elapsed')} value={onAir || stream?.endTime ? elapsed : none} />
        <Figure icon={<Eye />} label={text('channel.viewers_label')} value={onAir && stream ? whole(stream.viewerCount) : none} testId="viewers" />
        <Figure icon={<TrendingUp />} label={text('channel.peak')} value={stream?.startTime ? whole(stream.peakViewers) : none} />
        <Figure icon={<Activity />} label={text('player.stats.bitrate')} value={bitrate === null ? none : text('status.bitrate', { value: whole(bitrate / 1000) })} />
      </dl>
    </div>
  );
}

function Figure({ icon, label, value, testId }: { icon: ReactNode; label: string; value: string; testId?: string }) {
  return (
    <div className="rounded-xl border border-line bg-canvas px-3.5 py-3">
      <dt className="flex items-center gap-1.5 text-xs text-soft [&_svg]:size-3.5 [&_svg]:text-faint">
        {icon}
        <span className="truncate">{label}</span>
      </dt>
      <dd data-testid={testId} className="mt-1 text-xl font-semibold tracking-tight tabular">
        {value}
      </dd>
    </div>
  );
}
