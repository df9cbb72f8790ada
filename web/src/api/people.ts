// People and what is theirs, as the server says them.
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { SocialSite } from '@/lib/social_sites';
import { ApiError, addressOf, fetchJson, send } from './client';
import { upload } from './upload';

export type Role = 'viewer' | 'creator' | 'moderator' | 'admin';
export type SocialLinks = Partial<Record<SocialSite, string | null>>;

export interface OwnChannel {
  id: string;
  slug: string;
  name: string;
  avatar: string | null;
}

/** The one who reads this page. */
export interface Me {
  id: string;
  username: string | null;
  displayName: string;
  email: string;
  emailVerified: boolean;
  avatar: string | null;
  bio: string;
  role: Role;
  onboarded: boolean;
  language: string;
  theme: string;
  socialLinks: SocialLinks;
  twoFactor: boolean;
  createdAt: string;
  channels: OwnChannel[];
}

/** What to call somebody who may not have said yet. */
export function nameOf({ displayName, username, email }: Me): string {
  return [displayName, username].find((each) => each) ?? email;
}

export interface ProfileChange {
  username?: string;
  displayName?: string;
  bio?: string;
  language?: string;
  theme?: string;
  socialLinks?: SocialLinks;
}

export interface NameCheck {
  available: boolean;
  reason?: string | null;
  suggestions: string[];
}

const kStranger = 401;
const kNobody = 404;
const kFreshMs = 60_000;
const kMeKey = ['me'] as const;

async function findMe(signal: AbortSignal): Promise<Me | null> {
  try {
    return await fetchJson<Me>('/api/auth/user', { signal });
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
  return fetchJson<NameCheck>(addressOf('/api/auth/username/{name}', { name }), { signal });
}

export const saveProfile = (change: ProfileChange) => send<Me>('PUT', '/api/auth/profile', change);

export const uploadAvatar = (picture: Blob, onProgress: (share: number) => void) => upload<{ avatar: string }>('/api/upload/avatar', { file: picture }, onProgress);

/** Somebody, to others. */
export interface Person {
  id: string;
  username: string;
  displayName: string;
  avatar: string | null;
  bio: string;
  socialLinks: SocialLinks;
}

async function findPerson(name: string, signal: AbortSignal): Promise<Person | null> {
  try {
    return await fetchJson<Person>(addressOf('/api/users/{id}', { id: name }), { signal });
  } catch (error) {
    if (error instanceof ApiError && error.status === kNobody) return null;
    throw error;
  }
}

/** Null is an answer: nobody has this name. */
export function personQuery(username: string) {
  return queryOptions({ queryKey: ['person', username], queryFn: ({ signal }) => findPerson(username, signal), staleTime: kFreshMs });
}
