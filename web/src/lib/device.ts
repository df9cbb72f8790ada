import { recall, remember } from './memory';

let own: string | null = null;

/** A name for this browser, made up once, so that somebody with two tabs is counted once. It says nothing about anybody. */
export function deviceName(): string {
  own ??= recall('device') ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  remember('device', own);
  return own;
}
