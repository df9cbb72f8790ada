// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { deviceName } from './device';

it('is a word that the server takes, and stays', () => {
  expect(deviceName()).toMatch(/^[0-9a-f]{32}$/);
  expect(deviceName()).toBe(deviceName());
  expect(localStorage.getItem('aethex.device')).toBe(deviceName());
});
