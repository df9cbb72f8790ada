// Second proofs: the codes of an app, recovery codes, passkeys; and who else may say who somebody is.
import { queryOptions } from '@tanstack/react-query';
import { type Assertion, makePasskey, proveByPasskey } from '@/lib/passkey';
import { addressOf, getJson, send } from './client';
import type { Me } from './people';
import type { Schemas } from './types';

export type TotpBegun = Schemas['TotpBegun'];

export const factorsQuery = queryOptions({
  queryKey: ['factors'],
  queryFn: ({ signal }) => getJson('/api/auth/factors', { signal }),
});

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) => getJson('/api/auth/providers', { signal }),
  staleTime: Infinity,
});

export const beginTotp = () => send<TotpBegun>('POST', '/api/auth/totp');
export const confirmTotp = (code: string) => send<Schemas['RecoveryCodes']>('POST', '/api/auth/totp/confirm', { code });
export const endTotp = () => send<undefined>('DELETE', '/api/auth/totp');
export const renewRecoveryCodes = () => send<Schemas['RecoveryCodes']>('POST', '/api/auth/recovery-codes');
export const removePasskey = (id: string) => send<undefined>('DELETE', addressOf('/api/auth/passkeys/{id}', { id }));

export async function addPasskey(name: string): Promise<Schemas['PasskeyView']> {
  const made = await makePasskey(await send<Schemas['CreationOptions']>('POST', '/api/auth/passkeys/options'));
  return send<Schemas['PasskeyView']>('POST', '/api/auth/passkeys', { name, ...made });
}

async function assertion(): Promise<Assertion> {
  return proveByPasskey(await send<Schemas['RequestOptions']>('POST', '/api/auth/passkey/options'));
}

export const loginByPasskey = async () => send<{ user: Me }>('POST', '/api/auth/passkey/login', await assertion());
export const confirmByPasskey = async () => send<undefined>('POST', '/api/auth/passkey/confirm', await assertion());
