const kFirstMs = 250;
const kGrowth = 1.7;
const kLongestMs = 4000;

/** How long to wait before attempt number `attempt` (from 0). Jittered by half, so that a room full of viewers does not come back as one. */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(kFirstMs * kGrowth ** attempt, kLongestMs);
  return full * (0.5 + random() * 0.5);
}
