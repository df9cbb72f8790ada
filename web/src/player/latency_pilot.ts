/** What the pilot is told, four times a second. All in seconds. */
export interface Flight {
  latency: number;
  holdBack: number;
  /** Media in front of the playhead. */
  buffer: number;
}

export interface Steering {
  rate: number;
  /** Too far behind to catch up by playing faster: seek to the live edge. */
  jump: boolean;
}

const kFastest = 1.5;
const kSlowest = 0.95;
const kDeadZone = 0.06;
// At this distance from the aim, playing faster would take longer than a viewer should wait.
const kJumpDistance = 4;
// Below this much buffer a faster playhead would run into the edge before the next part is there.
const kThinBuffer = 0.25;
const kPenaltyPerStall = 0.25;
const kLargestPenalty = 2;
const kForgivenPerSecond = 0.01;

/**
 * Keeps the playhead at the distance that the playlist asks for.
 *
 * hls.js has such a pilot (`maxLiveSyncPlaybackRate`), but it acts only while more than a second is buffered; with parts of
 * 0.2 s a viewer who is where he should be never has that much, so it would leave him a second late for ever.
 */
export class LatencyPilot {
  #penalty = 0;
  #steeredAtMs: number | null = null;

  /** Every interruption buys a little distance; smooth playing pays it back. */
  stalled(): void {
    this.#penalty = Math.min(this.#penalty + kPenaltyPerStall, kLargestPenalty);
  }

  aim(holdBack: number): number {
    return holdBack + this.#penalty;
  }

  steer(flight: Flight, nowMs: number): Steering {
    const sinceLast = this.#steeredAtMs === null ? 0 : (nowMs - this.#steeredAtMs) / 1000;
    this.#steeredAtMs = nowMs;
    this.#penalty = Math.max(0, this.#penalty - sinceLast * kForgivenPerSecond);

    const distance = flight.latency - this.aim(flight.holdBack);
    if (distance > kJumpDistance) return { rate: 1, jump: true };
    if (distance < -kDeadZone * 3 && flight.buffer < kThinBuffer) return { rate: kSlowest, jump: false };
    if (distance < kDeadZone || flight.buffer < kThinBuffer) return { rate: 1, jump: false };

    // Faster the further away, and never so fast that a second of it would eat the whole buffer.
    const wanted = 1 + Math.min(kFastest - 1, 0.05 + distance * 0.4);
    const affordable = 1 + Math.max(0, flight.buffer - kThinBuffer);
    return { rate: Math.round(Math.min(wanted, affordable, kFastest) * 20) / 20, jump: false };
  }
}
