import { queryOptions } from '@tanstack/react-query';
import { ApiError, getJson } from './client';
import type { Channel, Site, StreamPage } from './types';

// The live list and a channel are small and cached by the server, so asking is cheap; hidden tabs do not ask.
const kLivePollMs = 5000;

export const siteQuery = queryOptions({
  queryKey: ['site'],
  queryFn: ({ signal }) => getJson<Site>('/api/site', signal),
  staleTime: Infinity,
});

export const liveStreamsQuery = queryOptions({
  queryKey: ['streams', 'LIVE'],
  queryFn: ({ signal }) => getJson<StreamPage>('/api/streams?status=LIVE&limit=100', signal),
  refetchInterval: kLivePollMs,
  staleTime: kLivePollMs / 2,
});

export function channelQuery(slug: string) {
  return queryOptions({
    queryKey: ['channel', slug],
    queryFn: ({ signal }) => getJson<Channel>(`/api/channels/${encodeURIComponent(slug)}`, signal),
    refetchInterval: (query) => (isNotFound(query.state.error) ? false : kLivePollMs),
    staleTime: kLivePollMs / 2,
  });
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
