import { useQuery } from '@tanstack/react-query';
import { playbackQuery } from '@/api/queries';
import type { Channel, Stream } from '@/api/types';

export interface Source {
  url: string;
  encoderLost: boolean;
}

/** The broadcast that can be watched: what is on air, and at its owner's desk also what is not yet. */
export function playableOf(channel: Channel | null | undefined, preview = false): Stream | null {
  const stream = channel?.stream;
  if (!stream) return null;
  if (preview && stream.preview) return stream;
  return stream.status === 'LIVE' && stream.hlsUrl !== null ? stream : null;
}

/**
 * What the player should play for this channel: null when nothing is on, undefined while that is not known. Each viewer plays an address of
 * their own, by which the server counts; where it gives none, the one for everybody does.
 */
export function useSource(channel: Channel | null | undefined, preview = false): Source | null | undefined {
  const stream = playableOf(channel, preview);
  const playback = useQuery({ ...playbackQuery(stream?.id ?? ''), enabled: stream !== null });
  if (channel === undefined) return undefined;
  if (!stream) return null;
  const url = playback.data?.url ?? (playback.isError ? stream.hlsUrl : undefined);
  if (url === undefined) return undefined;
  return url === null ? null : { url, encoderLost: stream.reconnecting };
}
