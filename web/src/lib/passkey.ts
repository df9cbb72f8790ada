// A browser's passkeys, in the words of the server: bytes travel as base64url.
export function fromBase64Url(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer;
}

export function toBase64Url(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

interface Descriptor {
  type: string;
  id: string;
}

export interface CreationOptions {
  challenge: string;
  rp: { id: string; name: string };
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: { type: string; alg: number }[];
  excludeCredentials: Descriptor[];
  authenticatorSelection: { residentKey: string; userVerification: string };
  attestation: string;
  timeout: number;
}

export interface RequestOptions {
  challenge: string;
  rpId: string;
  userVerification: string;
  allowCredentials: Descriptor[];
  timeout: number;
}

export interface NewPasskey {
  clientDataJSON: string;
  attestationObject: string;
}

export interface Assertion {
  id: string;
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
  userHandle?: string;
}

/** The reader closed the browser's question, or the device has nothing to offer. */
export class PasskeyRefused extends Error {}

export function passkeysPossible(): boolean {
  return window.isSecureContext && typeof PublicKeyCredential !== 'undefined';
}

const opened = (list: Descriptor[]): PublicKeyCredentialDescriptor[] => list.map(({ id }) => ({ type: 'public-key', id: fromBase64Url(id) }));

export async function makePasskey(options: CreationOptions): Promise<NewPasskey> {
  const publicKey = {
    ...options,
    challenge: fromBase64Url(options.challenge),
    user: { ...options.user, id: fromBase64Url(options.user.id) },
    excludeCredentials: opened(options.excludeCredentials),
  } as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey }).catch(() => null)) as PublicKeyCredential | null;
  if (!made) throw new PasskeyRefused();
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse;
  return { clientDataJSON: toBase64Url(clientDataJSON), attestationObject: toBase64Url(attestationObject) };
}

export async function proveByPasskey(options: RequestOptions): Promise<Assertion> {
  const publicKey = {
    ...options,
    challenge: fromBase64Url(options.challenge),
    allowCredentials: opened(options.allowCredentials),
  } as PublicKeyCredentialRequestOptions;
  const used = (await navigator.credentials.get({ publicKey }).catch(() => null)) as PublicKeyCredential | null;
  if (!used) throw new PasskeyRefused();
  const { clientDataJSON, authenticatorData, signature, userHandle } = used.response as AuthenticatorAssertionResponse;
  return {
    id: toBase64Url(used.rawId),
    clientDataJSON: toBase64Url(clientDataJSON),
    authenticatorData: toBase64Url(authenticatorData),
    signature: toBase64Url(signature),
    ...(userHandle && { userHandle: toBase64Url(userHandle) }),
  };
}
