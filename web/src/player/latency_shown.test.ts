import { describe, expect, it } from 'vitest';
import { isBehind, shownLatency } from './latency_shown';
import type { SessionReading } from './session';

const reading = (some: Partial<SessionReading>): SessionReading => ({
  latency: null,
  holdBack: 0.6,
  glass: null,
  livePosition: null,
  bitrate: null,
  bandwidth: null,
  codecs: null,
  activeQuality: null,
  ...some,
});

describe('shownLatency', () => {
  it('prefers the time since the encoder', () => {
    expect(shownLatency(reading({ latency: 0.6, glass: 0.9 }))).toBe(0.9);
  });

  it.each([-3, 0, 7200])('does not believe clocks that disagree by %d s', (glass) => {
    expect(shownLatency(reading({ latency: 0.6, glass }))).toBe(0.6);
  });

  it('does not believe a picture that would be newer than the live edge', () => {
    expect(shownLatency(reading({ latency: 0.6, glass: 0.4 }))).toBe(0.6);
  });

  it('says nothing when nothing is known', () => {
    expect(shownLatency(reading({}))).toBeNull();
  });
});

describe('isBehind', () => {
  it('offers the way back to whoever is far from the edge, or left it', () => {
    expect(isBehind({ following: true, paused: false, aim: 0.6, reading: reading({ latency: 0.7 }) })).toBe(false);
    expect(isBehind({ following: true, paused: false, aim: 0.6, reading: reading({ latency: 5 }) })).toBe(true);
    expect(isBehind({ following: false, paused: false, aim: 0.6, reading: reading({ latency: 1 }) })).toBe(true);
    expect(isBehind({ following: false, paused: false, aim: null, reading: reading({}) })).toBe(false);
  });
});
