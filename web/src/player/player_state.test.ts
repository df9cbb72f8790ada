import { describe, expect, it } from 'vitest';
import { stateOf, type Facts, type PlayerState } from './player_state';

const nothing: Facts = {
  hasSource: false,
  knownOffline: false,
  everPlayed: false,
  flowing: false,
  connectionLost: false,
  attempts: 0,
  ended: false,
  unsupported: false,
};

const table: [string, Partial<Facts>, PlayerState][] = [
  ['nothing is known yet', {}, 'idle'],
  ['the page says that nothing is on', { knownOffline: true }, 'offline'],
  ['an address was opened', { hasSource: true }, 'starting'],
  ['the first attempts failed', { hasSource: true, connectionLost: true, attempts: 2 }, 'starting'],
  ['many attempts failed', { hasSource: true, connectionLost: true, attempts: 3 }, 'reconnecting'],
  ['the picture moves', { hasSource: true, everPlayed: true, flowing: true }, 'live'],
  ['the picture still moves although the way is broken', { hasSource: true, everPlayed: true, flowing: true, connectionLost: true }, 'live'],
  ['the buffer ran out', { hasSource: true, everPlayed: true }, 'stalled'],
  ['the buffer ran out and the way is broken', { hasSource: true, everPlayed: true, connectionLost: true }, 'reconnecting'],
  ['the broadcast is over', { everPlayed: true, ended: true, knownOffline: true }, 'ended'],
  ['the browser cannot', { hasSource: true, unsupported: true }, 'failed'],
];

describe('stateOf', () => {
  it.each(table)('when %s', (_, facts, expected) => {
    expect(stateOf({ ...nothing, ...facts })).toBe(expected);
  });
});
