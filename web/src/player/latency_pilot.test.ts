import { describe, expect, it } from 'vitest';
import { LatencyPilot } from './latency_pilot';

const holdBack = 0.6;

describe('LatencyPilot', () => {
  it('leaves a playhead alone that is where it should be', () => {
    expect(new LatencyPilot().steer({ latency: 0.62, holdBack, buffer: 0.5 }, 0)).toEqual({ rate: 1, jump: false });
  });

  it('plays faster the further behind it is, and never faster than one and a half', () => {
    const pilot = new LatencyPilot();
    const rates = [0.8, 1.2, 1.8, 3, 4.4].map((latency) => pilot.steer({ latency, holdBack, buffer: 5 }, 0).rate);
    expect(rates).toEqual([...rates].sort((one, other) => one - other));
    expect(rates[0]).toBeGreaterThan(1);
    expect(rates.at(-1)).toBe(1.5);
  });

  it('does not speed up into an empty buffer', () => {
    expect(new LatencyPilot().steer({ latency: 2, holdBack, buffer: 0.2 }, 0).rate).toBe(1);
    expect(new LatencyPilot().steer({ latency: 2, holdBack, buffer: 0.4 }, 0).rate).toBeLessThanOrEqual(1.15);
  });

  it('slows down a little when it is too close to the edge', () => {
    expect(new LatencyPilot().steer({ latency: 0.2, holdBack, buffer: 0.1 }, 0).rate).toBe(0.95);
  });

  it('jumps when catching up would take too long', () => {
    expect(new LatencyPilot().steer({ latency: 6, holdBack, buffer: 5 }, 0).jump).toBe(true);
  });

  it('keeps more distance after a stall, within reason, and forgives it with time', () => {
    const pilot = new LatencyPilot();
    pilot.stalled();
    expect(pilot.aim(holdBack)).toBeCloseTo(0.85);
    for (let stall = 0; stall < 100; stall += 1) pilot.stalled();
    expect(pilot.aim(holdBack)).toBeCloseTo(2.6);
    pilot.steer({ latency: 1, holdBack, buffer: 1 }, 0);
    pilot.steer({ latency: 1, holdBack, buffer: 1 }, 300_000);
    expect(pilot.aim(holdBack)).toBe(holdBack);
  });

  it('brings a viewer from three seconds behind to its aim within ten seconds', () => {
    const pilot = new LatencyPilot();
    let latency = 3;
    for (let ms = 0; ms < 10_000; ms += 250) {
      const { rate } = pilot.steer({ latency, holdBack, buffer: latency - 0.2 }, ms);
      latency -= (rate - 1) * 0.25;
    }
    expect(latency).toBeLessThan(0.75);
  });
});
