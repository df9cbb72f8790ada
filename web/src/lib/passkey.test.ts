// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import { fromBase64Url, makePasskey, PasskeyRefused, proveByPasskey, toBase64Url } from './passkey';

const bytes = (...values: number[]) => new Uint8Array(values).buffer;

it.each([
  [[], ''],
  [[0], 'AA'],
  [[0xfb, 0xff, 0xfe], '-__-'],
  [[1, 2, 3, 4], 'AQIDBA'],
])('writes %o as %s, and reads it back', (values, text) => {
  expect(toBase64Url(bytes(...values))).toBe(text);
  expect([...new Uint8Array(fromBase64Url(text))]).toEqual(values);
});

const request = { challenge: 'AQID', rpId: 'x.org', userVerification: 'required', allowCredentials: [{ type: 'public-key', id: 'AA' }], timeout: 1000 };

it('proves by a passkey', async () => {
  const response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: bytes(4) };
  const get = vi.fn((options: CredentialRequestOptions) => {
    expect([...new Uint8Array(options.publicKey!.challenge as ArrayBuffer)]).toEqual([1, 2, 3]);
    return Promise.resolve({ rawId: bytes(9), response });
  });
  Object.defineProperty(navigator, 'credentials', { value: { get }, configurable: true });
  expect(await proveByPasskey(request)).toEqual({ id: 'CQ', clientDataJSON: 'AQ', authenticatorData: 'Ag', signature: 'Aw', userHandle: 'BA' });
});

it('says when somebody closed the question', async () => {
  const refuse = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  Object.defineProperty(navigator, 'credentials', { value: { get: refuse, create: refuse }, configurable: true });
  await expect(proveByPasskey(request)).rejects.toBeInstanceOf(PasskeyRefused);
  const creation = {
    challenge: 'AQID',
    rp: { id: 'x.org', name: 'X' },
    user: { id: 'AA', name: 'a', displayName: 'A' },
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    excludeCredentials: [],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    attestation: 'none',
    timeout: 1000,
  };
  await expect(makePasskey(creation)).rejects.toBeInstanceOf(PasskeyRefused);
});
