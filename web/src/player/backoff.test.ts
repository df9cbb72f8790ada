import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff';

describe('backoffMs', () => {
  it('grows and then stays', () => {
    const waits = Array.from({ length: 12 }, (_, attempt) => backoffMs(attempt, () => 1));
    expect(waits[0]).toBe(250);
    expect(waits).toEqual([...waits].sort((one, other) => one - other));
    expect(waits.at(-1)).toBe(4000);
  });

  it('spreads a crowd over half of the wait', () => {
    expect(backoffMs(0, () => 0)).toBe(125);
    expect(backoffMs(0, () => 0.5)).toBe(187.5);
  });
});
