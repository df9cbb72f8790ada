import type { Snapshot } from './engine';
import type { SessionReading } from './session';

// Further than this the two machines' clocks disagree, and the difference says nothing about the picture.
const kMostGlass = 120;
const kNearEnough = 3;

/** Seconds between the encoder and this screen where the clocks allow it, else between the live edge and this screen. */
export function shownLatency(reading: SessionReading): number | null {
  const { glass, latency } = reading;
  // No picture is newer than the newest media: a smaller number is a clock that is ahead.
  if (glass !== null && glass > 0 && glass < kMostGlass && glass >= (latency ?? 0)) return glass;
  return latency !== null && latency > 0 ? latency : null;
}

/** Far enough from the live edge to offer the way back. */
export function isBehind(snapshot: Pick<Snapshot, 'following' | 'paused' | 'reading' | 'aim'>): boolean {
  const { latency } = snapshot.reading;
  if (latency === null) return false;
  return !snapshot.following || latency > (snapshot.aim ?? 0) + kNearEnough;
}
