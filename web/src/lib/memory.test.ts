// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import { recall, remember } from './memory';

it('remembers', () => {
  remember('volume', '0.4');
  expect(recall('volume')).toBe('0.4');
  expect(recall('other')).toBeNull();
});

it('forgets quietly where storage is forbidden', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
  expect(() => remember('volume', '1')).not.toThrow();
  expect(recall('volume')).toBeNull();
});
