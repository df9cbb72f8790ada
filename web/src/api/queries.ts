import { queryOptions } from '@tanstack/react-query';
import { ApiError, getJson } from './client';
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
