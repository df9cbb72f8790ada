import type { OpenSession, Session, SessionEvents, SessionReading } from '@/player/session';

export class FakeSession implements Session {
  readonly engineName = 'fake';
  resumes = 0;
  resets = 0;
  destroyed = false;
  quality: number | null | undefined;
  now: SessionReading = {
    latency: null,
    holdBack: 0.6,
    glass: null,
    livePosition: null,
    bitrate: null,
    bandwidth: null,
    codecs: null,
    activeQuality: null,
  };

  constructor(
    readonly url: string,
    readonly events: SessionEvents,
  ) {}

  resume(): void {
    this.resumes += 1;
  }
  resetDecoder(): void {
    this.resets += 1;
  }
  setQuality(id: number | null): void {
    this.quality = id;
  }
  reading(): SessionReading {
    return this.now;
  }
  destroy(): void {
    this.destroyed = true;
  }
}

/** Remembers every session that an engine opened. */
export class FakeSessions {
  readonly opened: FakeSession[] = [];

  load = (): Promise<OpenSession> =>
    Promise.resolve((_video, url, events) => {
      const session = new FakeSession(url, events);
      this.opened.push(session);
      return session;
    });

  get last(): FakeSession {
    return this.opened.at(-1)!;
  }
}
