import type { Channel } from '@/api/types';

/** What a channel's owner sees at the desk: whatever arrives, on air or not. */
export function previewSourceOf({ stream }: Channel): { url: string; encoderLost: boolean } | null {
  return stream?.hlsUrl ? { url: stream.hlsUrl, encoderLost: stream.reconnecting } : null;
}

/** What the player should play for this channel: null when nothing is on, undefined while that is not known. */
export function sourceOf(channel: Channel | null | undefined): { url: string; encoderLost: boolean } | null | undefined {
  if (channel === undefined) return undefined;
  const stream = channel?.stream;
  if (!stream?.hlsUrl || stream.status !== 'LIVE') return null;
  return { url: stream.hlsUrl, encoderLost: stream.reconnecting };
}
