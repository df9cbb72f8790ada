import { X } from 'lucide-react';
import { useNumbers, useText, type MessageId } from '@/lib/intl';
import type { PlayerEngine, Snapshot } from './engine';

interface StatsOverlayProps {
  engine: PlayerEngine;
  snapshot: Snapshot;
  onClose: () => void;
}

function bufferedAhead(video: HTMLVideoElement): number {
  const { buffered, currentTime } = video;
  return buffered.length === 0 ? 0 : Math.max(0, buffered.end(buffered.length - 1) - currentTime);
}

export function StatsOverlay({ engine, snapshot, onClose }: StatsOverlayProps) {
  const text = useText();
  const { fixed, whole } = useNumbers();
  const { video } = engine;
  const { reading } = snapshot;
  const frames = video.getVideoPlaybackQuality();
  const unknown = text('player.stats.unknown');
  const seconds = (value: number | null) => (value === null ? unknown : text('player.stats.ms', { value: whole(value * 1000) }));
  const kbps = (value: number | null) => (value === null ? unknown : text('player.stats.kbps', { value: whole(value / 1000) }));

  const lines: [MessageId, string][] = [
    ['player.stats.glass', seconds(reading.glass)],
    ['player.stats.latency', seconds(reading.latency)],
    ['player.stats.target', seconds(snapshot.aim)],
    ['player.stats.buffer', seconds(bufferedAhead(video))],
    ['player.stats.rate', text('player.stats.rate_value', { value: fixed(snapshot.rate, 2) })],
    ['player.stats.stalls', whole(snapshot.stalls)],
    ['player.stats.dropped', text('player.stats.dropped_of', { dropped: whole(frames.droppedVideoFrames), total: whole(frames.totalVideoFrames) })],
    ['player.stats.resolution', video.videoWidth > 0 ? `${video.videoWidth}×${video.videoHeight}` : unknown],
    ['player.stats.bitrate', kbps(reading.bitrate)],
    ['player.stats.bandwidth', kbps(reading.bandwidth)],
    ['player.stats.codec', reading.codecs ?? unknown],
    ['player.stats.engine', engine.engineName || unknown],
  ];

  return (
    <section
      aria-label={text('player.stats')}
      className="absolute top-3 left-3 z-20 max-h-[calc(100%-5rem)] w-72 max-w-[calc(100%-1.5rem)] animate-fade overflow-hidden rounded-xl border border-white/15 bg-[#0b0d13e6] p-3 text-white backdrop-blur"
    >
      <div className="mb-1.5 flex items-center justify-between">
        <h2 className="text-xs font-semibold">{text('player.stats')}</h2>
        <button
          type="button"
          aria-label={text('player.hide_stats')}
          onClick={onClose}
          className="grid size-6 place-items-center rounded-md text-white/80 hover:bg-white/15 hover:text-white"
        >
          <X className="size-3.5" />
        </button>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 font-mono text-[11px] tabular">
        {lines.map(([id, value]) => (
          <div key={id} className="contents">
            <dt className="text-white/70">{text(id)}</dt>
            <dd className="truncate text-right text-[#86e4f5]">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
