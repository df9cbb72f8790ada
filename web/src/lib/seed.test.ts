import { expect, it } from 'vitest';
import { numbersFrom, seedOf } from './seed';

it('gives the FNV-1a hash', () => {
  expect(seedOf('')).toBe(0x811c9dc5);
  expect(seedOf('a')).toBe(0xe40c292c);
});

it('repeats its numbers for a seed, and spreads them', () => {
  const draw = () => Array.from({ length: 200 }, numbersFrom(7));
  expect(draw()).toEqual(draw());
  expect(new Set(draw()).size).toBe(200);
  for (const number of draw()) expect(number >= 0 && number < 1).toBe(true);
});
