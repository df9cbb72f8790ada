import { queryOptions } from '@tanstack/react-query';
import { ApiError, getJson } from './client';
import { deviceName } from '@/lib/device';
import type { Channel } from './types';

// The live list and a channel are small and cached by the server, so asking is cheap; hidden tabs do not ask.
const kLivePollMs = 2000;
const kNoSuchChannel = 'channel_not_found';

export const siteQuery = queryOptions({
  queryKey: ['site'],
  queryFn: ({ signal }) => getJson('/api/site', { signal }),
  staleTime: Infinity,
});

export const liveStreamsQuery = queryOptions({
  queryKey: ['streams', 'LIVE'],
  queryFn: ({ signal }) => getJson('/api/streams', { query: { status: 'LIVE', limit: 100 }, signal }),
  refetchInterval: kLivePollMs,
  staleTime: kLivePollMs / 2,
});

/** How to play a stream: an address for this browser alone. A player that has one plays on with it. */
export function playbackQuery(id: string) {
  return queryOptions({
    queryKey: ['playback', id],
    queryFn: ({ signal }) => getJson('/api/streams/{id}/hls', { path: { id }, query: { device: deviceName() }, signal }),
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

async function findChannel(slug: string, signal: AbortSignal): Promise<Channel | null> {
  try {
    return await getJson('/api/channels/{slug}', { path: { slug }, signal });
  } catch (error) {
    if (error instanceof ApiError && error.code === kNoSuchChannel) return null;
    throw error;
  }
}

/** Null is an answer: no channel has this name. */
export function channelQuery(slug: string) {
  return queryOptions({
    queryKey: ['channel', slug],
    queryFn: ({ signal }) => findChannel(slug, signal),
    refetchInterval: (query) => (query.state.data === null ? false : kLivePollMs),
    staleTime: kLivePollMs / 2,
  });
}
