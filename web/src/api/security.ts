// What somebody does about the safety of an account: everything here wants a recent login.
import { queryOptions } from '@tanstack/react-query';
import { addressOf, fetchJson, send } from './client';

export interface LoginSession {
  id: string;
  device: string;
  address: string;
  createdAt: string;
  lastSeenAt: string;
  isCurrent: boolean;
}

export type Scope = 'read' | 'write';

export interface BearerToken {
  id: string;
  name: string;
  lastFour: string;
  scopes: Scope[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  lastUsedAddress: string | null;
}

export interface NewBearerToken {
  secret: string;
  token: BearerToken;
}

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => fetchJson<LoginSession[]>('/api/auth/sessions', { signal }),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => fetchJson<BearerToken[]>('/api/auth/tokens', { signal }),
});

export const endSession = (id: string) => send<undefined>('DELETE', addressOf('/api/auth/sessions/{id}', { id }));
export const logoutEverywhere = () => send<undefined>('POST', '/api/auth/logout/everywhere');
export const changePassword = (password: string) => send<undefined>('PUT', '/api/auth/password', { password });
export const changeEmail = (email: string) => send<undefined>('PUT', '/api/auth/email', { email });
export const createToken = (name: string, scopes: Scope[]) => send<NewBearerToken>('POST', '/api/auth/tokens', { name, scopes });
export const revokeToken = (id: string) => send<undefined>('DELETE', addressOf('/api/auth/tokens/{id}', { id }));
export const deleteAccount = () => send<undefined>('DELETE', '/api/auth/user');
export const exportAccount = () => fetchJson<object>('/api/auth/export');
export const claimSetup = (token: string) => send<undefined>('POST', '/api/auth/claim', { token });
