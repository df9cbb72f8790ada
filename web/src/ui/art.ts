import { numbersFrom, seedOf } from '@/lib/seed';

export interface Art {
  angle: number;
  warm: string;
  /** Between the two, or their mixture would be grey. */
  middle: string;
  cold: string;
  ground: string;
  /** Rings around a point outside the middle: radius and stroke, in hundredths of the height. */
  centre: { x: number; y: number };
  rings: { radius: number; width: number; opacity: number; dash: number }[];
}

const kGrounds = ['#141826', '#1a1420', '#101c22', '#1d1714', '#121a1a', '#191622'];
const kWarm = ['#ff6d3f', '#ff8f5c', '#ffb14a', '#ff5f6d', '#f4738b'];
const kCold = ['#86e4f5', '#6aa8ff', '#7ef0c9', '#a99bff', '#5fd0d8'];
const kMiddle = ['#e06bd0', '#b77bff', '#ff7fae', '#f7c46c'];
const kRings = 7;

function pick<T>(from: readonly T[], number: number): T {
  return from[Math.floor(number * from.length) % from.length] as T;
}

/** A picture for a channel that has none, the same one everywhere and every time. */
export function artFor(slug: string): Art {
  const next = numbersFrom(seedOf(slug));
  return {
    angle: Math.round(next() * 360),
    warm: pick(kWarm, next()),
    middle: pick(kMiddle, next()),
    cold: pick(kCold, next()),
    ground: pick(kGrounds, next()),
    centre: { x: 20 + Math.round(next() * 120), y: 30 + Math.round(next() * 50) },
    rings: Array.from({ length: kRings }, (_, at) => ({
      radius: 10 + at * (10 + next() * 4),
      width: 1 + next() * 5,
      opacity: 0.25 + next() * 0.6,
      dash: 20 + Math.round(next() * 140),
    })),
  };
}
