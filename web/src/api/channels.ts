// Channels as their owners see them, and what owners do with them and their broadcasts.
import { queryOptions } from '@tanstack/react-query';
import { addressOf, getJson, send } from './client';
import type { Channel, Schemas, Stream } from './types';
import { upload } from './upload';

export type StartsWith = Channel['startsWith'];
export type ChannelDraft = Schemas['NewChannel'];
export type StreamKey = Schemas['StreamKeyShown'];

export interface StreamDraft {
  title: string;
  category: string;
  description: string;
}

const kFollowedPollMs = 30_000;
const kChannel = '/api/channels/{slug}';

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => getJson('/api/categories', { signal }),
  staleTime: Infinity,
});

/** The channels that the reader follows; only for signed-in people. */
export const followedQuery = queryOptions({
  queryKey: ['channels', 'followed'],
  queryFn: ({ signal }) => getJson('/api/channels', { query: { followed: true, limit: 100 }, signal }),
  refetchInterval: kFollowedPollMs,
  staleTime: kFollowedPollMs,
});

export function streamKeysQuery(slug: string) {
  return queryOptions({
    queryKey: ['stream-keys', slug],
    queryFn: ({ signal }) => getJson(`${kChannel}/stream-keys`, { path: { slug }, signal }),
  });
}

/** What became of a broadcast that ended a moment ago. */
export function streamQuery(id: string) {
  return queryOptions({
    queryKey: ['stream', id],
    queryFn: ({ signal }) => getJson('/api/streams/{id}', { path: { id }, signal }),
    refetchInterval: (query) => (query.state.data?.status === 'ARCHIVED' ? false : 2000),
  });
}

export const createChannel = (draft: ChannelDraft) => send<Channel>('POST', '/api/channels', draft);
export const changeChannel = (slug: string, change: Schemas['ChannelChanges']) =>
  send<Channel>('PUT', addressOf(kChannel, { slug }), change);
export const deleteChannel = (slug: string) => send<undefined>('DELETE', addressOf(kChannel, { slug }));
export const setFollowing = (slug: string, wanted: boolean) => send<Schemas['Following']>(wanted ? 'POST' : 'DELETE', addressOf(`${kChannel}/follow`, { slug }));

export const fetchStreamKey = (slug: string) => getJson(`${kChannel}/stream-key`, { path: { slug } });
export const addStreamKey = (slug: string, name: string) => send<StreamKey>('POST', addressOf(`${kChannel}/stream-keys`, { slug }), { name });
export const rotateStreamKey = (slug: string, id: string) => send<StreamKey>('POST', addressOf(`${kChannel}/stream-keys/{id}/rotate`, { slug, id }));
export const deleteStreamKey = (slug: string, id: string) => send<undefined>('DELETE', addressOf(`${kChannel}/stream-keys/{id}`, { slug, id }));

export const prepareStream = (channel: string, draft: StreamDraft) => send<Stream>('POST', '/api/streams', { channel, ...draft });
export const changeStream = (id: string, draft: StreamDraft) => send<Stream>('PUT', addressOf('/api/streams/{id}', { id }), draft);
export const startStream = (channelId: string) => send<Stream>('POST', addressOf('/api/streams/{channelId}/start', { channelId }));
export const endStream = (id: string) => send<Stream>('POST', addressOf('/api/streams/{id}/end', { id }));

export const uploadChannelPicture = (kind: 'avatar' | 'banner', channel: string, picture: Blob, onProgress: (share: number) => void) =>
  upload<unknown>(`/api/upload/${kind}`, { channel, file: picture }, onProgress);
