// People and what is theirs, as the server says them.
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { ApiError, getJson, send } from './client';
import type { Schemas } from './types';
import { upload } from './upload';

export type Me = Schemas['Me'];
export type OwnChannel = Schemas['OwnChannel'];
export type Person = Schemas['Profile'];
export type SocialLinks = Schemas['SocialLinksBody'];
export type NameCheck = Schemas['NameCheck'];

/** What to call somebody who may not have said yet. */
export function nameOf({ displayName, username, email }: Me): string {
  return [displayName, username].find((each) => each) ?? email;
}

const kStranger = 401;
const kNobody = 404;
const kFreshMs = 60_000;
const kMeKey = ['me'] as const;

async function findMe(signal: AbortSignal): Promise<Me | null> {
  try {
    return await getJson('/api/auth/user', { signal });
  } catch (error) {
    if (error instanceof ApiError && error.status === kStranger) return null;
    throw error;
  }
}

/** Null is an answer: whoever reads this is not signed in. The server writes it into every page, so nobody has to ask as a stranger. */
export const meQuery = queryOptions({
  queryKey: kMeKey,
  queryFn: ({ signal }) => findMe(signal),
  // A stranger who asks again is told the same; a login in this tab says so itself.
  staleTime: (query) => (query.state.data === null ? Infinity : kFreshMs),
});

/** After a login or a logout nothing that was read before can be trusted: answers depend on who asks. */
export async function becomeSomebody(client: QueryClient, me: Me | null): Promise<void> {
  client.setQueryData(kMeKey, me);
  await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== kMeKey[0] && query.queryKey[0] !== 'site' });
}

/** What is known here already, without asking the server again. */
export function changeMe(client: QueryClient, change: Partial<Me>): void {
  client.setQueryData<Me | null>(kMeKey, (me) => me && { ...me, ...change });
}

export function checkUsername(name: string, signal: AbortSignal): Promise<NameCheck> {
  return getJson('/api/auth/username/{name}', { path: { name }, signal });
}

export const saveProfile = (change: Schemas['ProfileBody']) => send<Me>('PUT', '/api/auth/profile', change);

export const uploadAvatar = (picture: Blob, onProgress: (share: number) => void) => upload<Schemas['Uploaded']>('/api/upload/avatar', { file: picture }, onProgress);

async function findPerson(name: string, signal: AbortSignal): Promise<Person | null> {
  try {
    return await getJson('/api/users/{id}', { path: { id: name }, signal });
  } catch (error) {
    if (error instanceof ApiError && error.status === kNobody) return null;
    throw error;
  }
}

/** Null is an answer: nobody has this name. */
export function personQuery(username: string) {
  return queryOptions({ queryKey: ['person', username], queryFn: ({ signal }) => findPerson(username, signal), staleTime: kFreshMs });
}
