import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSessions } from '@/testing/fake_session';
import { FakeVideo } from '@/testing/fake_video';
import { PlayerEngine } from './engine';

let video: FakeVideo;
let sessions: FakeSessions;
let engine: PlayerEngine;

const settle = () => vi.advanceTimersByTimeAsync(0);
const state = () => engine.snapshot().state;

async function openAndPlay(url = '/a.m3u8') {
  engine.open(url);
  await settle();
  video.say('playing');
}

/** The playhead moves for a while, as it does when all is well. */
async function watch(seconds: number) {
  for (let tick = 0; tick < seconds * 4; tick += 1) {
    video.currentTime += 0.25;
    await vi.advanceTimersByTimeAsync(250);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  video = new FakeVideo();
  sessions = new FakeSessions();
  engine = new PlayerEngine(video.asElement(), { loadSessions: sessions.load, nowMs: () => Date.now(), random: () => 1 });
});

afterEach(() => {
  engine.destroy();
  vi.useRealTimers();
});

describe('starting', () => {
  it('is idle until it is told what is on', () => {
    expect(state()).toBe('idle');
    engine.close();
    expect(state()).toBe('offline');
  });

  it('goes from starting to live with the first picture', async () => {
    engine.open('/a.m3u8');
    expect(state()).toBe('starting');
    await settle();
    expect(sessions.last.url).toBe('/a.m3u8');
    expect(video.plays).toBe(1);
    video.say('playing');
    expect(state()).toBe('live');
  });

  it('keeps its session when the same address is opened again', async () => {
    await openAndPlay();
    engine.open('/a.m3u8');
    await settle();
    expect(sessions.opened).toHaveLength(1);
  });

  it('plays only the newest of two addresses opened at once', async () => {
    engine.open('/a.m3u8');
    engine.open('/b.m3u8');
    await settle();
    expect(sessions.opened.map((each) => each.url)).toEqual(['/b.m3u8']);
  });

  it('starts without sound where the browser refuses sound, and says so', async () => {
    video.refusal = new DOMException('no', 'NotAllowedError');
    await openAndPlay();
    expect(video.paused).toBe(false);
    expect(engine.snapshot()).toMatchObject({ muted: true, mutedByPolicy: true });
    engine.setMuted(false);
    expect(engine.snapshot()).toMatchObject({ muted: false, mutedByPolicy: false });
  });

  it('says that a browser cannot play', async () => {
    engine.open('/a.m3u8');
    await settle();
    sessions.last.events.failure('unsupported');
    expect(state()).toBe('failed');
  });
});

describe('interruptions', () => {
  it('counts a stall and forgets it when the picture moves', async () => {
    await openAndPlay();
    video.say('waiting');
    expect(state()).toBe('stalled');
    expect(engine.snapshot().stalls).toBe(1);
    video.say('playing');
    expect(state()).toBe('live');
  });

  it('does not call a seek a stall', async () => {
    await openAndPlay();
    video.seeking = true;
    video.say('waiting');
    expect(state()).toBe('live');
    expect(engine.snapshot().stalls).toBe(0);
  });

  it('begins anew at once when the server did', async () => {
    await openAndPlay();
    const before = sessions.last;
    before.events.renewed();
    await settle();
    expect(before.destroyed).toBe(true);
    expect(sessions.opened).toHaveLength(2);
    expect(sessions.last.url).toBe(before.url);
  });

  it('resumes the same session after a network failure, and again, with growing patience', async () => {
    await openAndPlay();
    sessions.last.events.failure('network');
    expect(state()).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(250);
    expect(sessions.last.resumes).toBe(1);
    sessions.last.events.failure('network');
    await vi.advanceTimersByTimeAsync(250);
    expect(sessions.last.resumes).toBe(1);
    await vi.advanceTimersByTimeAsync(175);
    expect(sessions.last.resumes).toBe(2);
    expect(sessions.opened).toHaveLength(1);
  });

  it('survives a server that is away for a minute without being asked', async () => {
    await openAndPlay();
    for (let at = 0; at < 60_000; at += 250) {
      sessions.last.events.failure('network');
      await vi.advanceTimersByTimeAsync(250);
    }
    expect(state()).toBe('reconnecting');
    sessions.last.events.progress();
    await settle();
    video.say('playing');
    expect(state()).toBe('live');
    expect(engine.snapshot().stalls).toBe(0);
  });

  it('begins anew at once when there was nothing at the address', async () => {
    engine.open('/a.m3u8');
    await settle();
    sessions.last.events.failure('gone');
    await vi.advanceTimersByTimeAsync(300);
    expect(sessions.opened).toHaveLength(2);
    expect(sessions.opened[0]!.destroyed).toBe(true);
  });

  it('keeps the picture on the screen while an address it has played is gone, and begins anew only later', async () => {
    await openAndPlay();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      sessions.last.events.failure('gone');
      await vi.advanceTimersByTimeAsync(1300);
    }
    expect(sessions.opened).toHaveLength(1);
    expect(sessions.last.resumes).toBe(3);
    sessions.last.events.failure('gone');
    await vi.advanceTimersByTimeAsync(1300);
    expect(sessions.opened).toHaveLength(2);
  });

  it('notices a playhead that stops without a word', async () => {
    await openAndPlay();
    await watch(1);
    await vi.advanceTimersByTimeAsync(750);
    expect(state()).toBe('stalled');
    expect(engine.snapshot().stalls).toBe(1);
    await watch(0.5);
    expect(state()).toBe('live');
  });

  it('does not take the reset of a new session for a moving picture', async () => {
    await openAndPlay();
    video.currentTime = 50;
    await vi.advanceTimersByTimeAsync(250);
    sessions.last.events.failure('network');
    video.currentTime = 0;
    await vi.advanceTimersByTimeAsync(250);
    expect(state()).toBe('reconnecting');
  });

  it('resets a decoder that has choked', async () => {
    await openAndPlay();
    sessions.last.events.failure('decoder');
    await vi.advanceTimersByTimeAsync(300);
    expect(sessions.last.resets).toBe(1);
    expect(sessions.opened).toHaveLength(1);
  });

  it('begins anew when the playhead stands still for too long', async () => {
    await openAndPlay();
    await watch(1);
    await vi.advanceTimersByTimeAsync(7000);
    expect(sessions.opened.length).toBeGreaterThan(1);
  });

  it('leaves a paused viewer alone', async () => {
    await openAndPlay();
    engine.pause();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sessions.opened).toHaveLength(1);
    expect(engine.snapshot().paused).toBe(true);
  });

  it('is reconnecting while the server has lost the encoder', async () => {
    await openAndPlay();
    engine.setEncoderLost(true);
    expect(state()).toBe('live');
    video.say('waiting');
    expect(state()).toBe('reconnecting');
  });
});

describe('the end', () => {
  it('says that a watched broadcast has ended, and plays the next one', async () => {
    await openAndPlay();
    engine.close();
    expect(state()).toBe('ended');
    expect(sessions.opened[0]!.destroyed).toBe(true);
    await openAndPlay('/b.m3u8');
    expect(state()).toBe('live');
  });

  it('plays the last pictures after the playlist has ended', async () => {
    await openAndPlay();
    sessions.last.events.ended();
    expect(state()).toBe('live');
    video.ended = true;
    video.say('ended');
    expect(state()).toBe('ended');
  });

  it('does nothing more once it is destroyed', async () => {
    await openAndPlay();
    const seen = vi.fn();
    engine.subscribe(seen);
    engine.destroy();
    video.say('playing');
    await vi.advanceTimersByTimeAsync(5000);
    expect(seen).not.toHaveBeenCalled();
    expect(sessions.last.destroyed).toBe(true);
  });
});

describe('the live edge', () => {
  it('plays faster while it is behind its aim', async () => {
    await openAndPlay();
    video.ranges = [[0, 100]];
    sessions.last.now = { ...sessions.last.now, latency: 2, livePosition: 50 };
    await watch(0.5);
    expect(video.playbackRate).toBeGreaterThan(1);
    sessions.last.now = { ...sessions.last.now, latency: 0.6 };
    await watch(0.5);
    expect(video.playbackRate).toBe(1);
  });

  it('seeks when it is too far behind to catch up', async () => {
    await openAndPlay();
    sessions.last.now = { ...sessions.last.now, latency: 12, livePosition: 50 };
    await vi.advanceTimersByTimeAsync(250);
    expect(video.currentTime).toBe(50);
  });

  it('does not pull back a viewer who has gone back on purpose', async () => {
    await openAndPlay();
    video.window = [[0, 60]];
    video.currentTime = 58;
    sessions.last.now = { ...sessions.last.now, latency: 12, livePosition: 59 };
    engine.seekBy(-10);
    await vi.advanceTimersByTimeAsync(500);
    expect(video.currentTime).toBe(48);
    expect(engine.snapshot().following).toBe(false);
    engine.goLive();
    expect(video.currentTime).toBe(59);
    expect(engine.snapshot().following).toBe(true);
  });

  it('takes a step past the end as "go live", and one before the beginning as the beginning', async () => {
    await openAndPlay();
    video.window = [[20, 60]];
    video.currentTime = 55;
    sessions.last.now = { ...sessions.last.now, livePosition: 59 };
    engine.seekBy(10);
    expect(video.currentTime).toBe(59);
    expect(engine.snapshot().following).toBe(true);
    engine.seekBy(-100);
    expect(video.currentTime).toBe(20);
  });

  it('jumps to a fraction of the kept window', async () => {
    await openAndPlay();
    video.window = [[20, 60]];
    sessions.last.now = { ...sessions.last.now, livePosition: 60 };
    engine.seekToFraction(0.5);
    expect(video.currentTime).toBe(40);
  });

  it('comes back live after a long pause', async () => {
    await openAndPlay();
    engine.pause();
    sessions.last.now = { ...sessions.last.now, latency: 30, livePosition: 90 };
    await vi.advanceTimersByTimeAsync(250);
    engine.play();
    expect(video.currentTime).toBe(90);
  });
});

describe('the viewer', () => {
  it('chooses a quality by height, in this session and the next', async () => {
    await openAndPlay();
    const qualities = [
      { id: 1, height: 1080, frameRate: 60, bitrate: 6e6 },
      { id: 0, height: 720, frameRate: 30, bitrate: 3e6 },
    ];
    sessions.last.events.qualities(qualities);
    engine.setQuality(720);
    expect(sessions.last.quality).toBe(0);
    expect(engine.snapshot().quality).toBe(720);
    await openAndPlay('/b.m3u8');
    sessions.last.events.qualities([{ id: 7, height: 720, frameRate: 30, bitrate: 3e6 }]);
    expect(sessions.last.quality).toBe(7);
    engine.setQuality(null);
    expect(sessions.last.quality).toBeNull();
  });

  it('is automatic where the remembered height is not on offer', async () => {
    engine.setQuality(2160);
    await openAndPlay();
    sessions.last.events.qualities([{ id: 0, height: 720, frameRate: 30, bitrate: 3e6 }]);
    expect(sessions.last.quality).toBeNull();
    expect(engine.snapshot().quality).toBeNull();
  });

  it('keeps the volume within its bounds and mutes at nothing', () => {
    engine.setVolume(1.4);
    expect(engine.snapshot().volume).toBe(1);
    engine.setVolume(-0.2);
    expect(engine.snapshot()).toMatchObject({ volume: 0, muted: true });
    engine.setMuted(false);
    expect(engine.snapshot()).toMatchObject({ volume: 0.5, muted: false });
  });

  it('changes speed between a half and the double', () => {
    for (let press = 0; press < 10; press += 1) engine.changeRate(0.25);
    expect(video.playbackRate).toBe(2);
    for (let press = 0; press < 20; press += 1) engine.changeRate(-0.25);
    expect(video.playbackRate).toBe(0.5);
  });

  it('steps by one picture, paused', async () => {
    await openAndPlay();
    engine.step(1);
    expect(video.paused).toBe(true);
    expect(video.currentTime).toBeCloseTo(1 / 30);
  });
});
