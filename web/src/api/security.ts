// What somebody does about the safety of an account: everything here wants a recent login.
import { queryOptions } from '@tanstack/react-query';
import { addressOf, fetchJson, getJson, send } from './client';
import type { Schemas } from './types';

export type BearerToken = Schemas['BearerToken'];
export type NewBearerToken = Schemas['NewBearerToken'];
type Scope = BearerToken['scopes'][number];

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => getJson('/api/auth/sessions', { signal }),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => getJson('/api/auth/tokens', { signal }),
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
