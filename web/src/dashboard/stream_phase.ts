import type { Stream } from '@/api/types';

/** Where a channel stands, for its owner. */
export type Phase = 'silent' | 'prepared' | 'preview' | 'live' | 'reconnecting' | 'ending' | 'archived';

/** `stream` is the channel's current one; a prepared one has no encoder yet. */
export function phaseOf(stream: Stream | null | undefined): Phase {
  if (!stream) return 'silent';
  switch (stream.status) {
    case 'LIVE':
      return stream.reconnecting ? 'reconnecting' : 'live';
    case 'ENDING':
      return 'ending';
    case 'ARCHIVED':
      return 'archived';
    default:
      return stream.preview ? 'preview' : 'prepared';
  }
}

export const isOnAir = (phase: Phase): boolean => phase === 'live' || phase === 'reconnecting';
