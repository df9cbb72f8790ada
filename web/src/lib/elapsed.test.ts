import { expect, it } from 'vitest';
import { elapsedText } from './elapsed';

const start = '2026-11-20T08:00:00Z';
const after = (seconds: number) => Date.parse(start) + seconds * 1000;

it.each([
  [0, '0:00'],
  [59.9, '0:59'],
  [65, '1:05'],
  [3600, '1:00:00'],
  [86_399, '23:59:59'],
  [360_000, '100:00:00'],
  [-30, '0:00'],
])('writes %d seconds', (seconds, text) => {
  expect(elapsedText(start, after(seconds))).toBe(text);
});

it('shows nothing elapsed for a time that is none', () => {
  expect(elapsedText('soon', 0)).toBe('0:00');
});
