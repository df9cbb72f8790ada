import { backoffMs } from './backoff';
import { LatencyPilot } from './latency_pilot';
import { keepsSteadyRate } from './steady_rate';
import { stateOf, type Facts, type PlayerState } from './player_state';
import type { FailureKind, OpenSession, Quality, Session, SessionReading } from './session';

/** Everything the skin draws. A new object whenever something in it changed. */
export interface Snapshot {
  state: PlayerState;
  /** A picture of this broadcast has been on the screen, and may still be. */
  pictured: boolean;
  paused: boolean;
  muted: boolean;
  /** The browser let the picture start only without sound. */
  mutedByPolicy: boolean;
  volume: number;
  /** Playing at the live edge, not behind it by the viewer's own choice. */
  following: boolean;
  qualities: Quality[];
  /** The viewer's choice; null is automatic. */
  quality: number | null;
  stalls: number;
  rate: number;
  aim: number | null;
  reading: SessionReading;
}

export interface EngineDeps {
  loadSessions: () => Promise<OpenSession>;
  nowMs: () => number;
  random: () => number;
}

const kTickMs = 250;
const kFrozenMs = 450;
const kLargestStep = 2;
// HTMLMediaElement.HAVE_FUTURE_DATA
const kCanPlayOn = 3;
// hls.js repairs small gaps by itself; when the playhead stands still longer than this, it has not.
const kStuckMs = 6000;
// A viewer who was paused longer than this much media wants to see now, not then.
const kStaleResume = 8;
const kFramesPerStep = 1 / 30;
const kSlowestRate = 0.5;
const kFastestRate = 2;

const kNoReading: SessionReading = {
  latency: null,
  holdBack: null,
  glass: null,
  livePosition: null,
  bitrate: null,
  bandwidth: null,
  codecs: null,
  activeQuality: null,
};

const kNoFacts: Facts = {
  hasSource: false,
  knownOffline: false,
  everPlayed: false,
  flowing: false,
  connectionLost: false,
  attempts: 0,
  ended: false,
  unsupported: false,
};

/**
 * Plays a live broadcast in a video element and does not let go of it: it starts, follows the live edge, waits, reconnects, and says
 * at any time which of these it is doing. It knows no React and draws nothing.
 */
export class PlayerEngine {
  readonly #video: HTMLVideoElement;
  readonly #deps: EngineDeps;
  readonly #listeners = new Set<() => void>();
  readonly #undo: (() => void)[] = [];
  #snapshot: Snapshot;
  #facts: Facts = kNoFacts;
  #pilot = new LatencyPilot();
  #session: Session | null = null;
  #url: string | null = null;
  #opening = 0;
  #encoderLost = false;
  #networkLost = false;
  #following = true;
  #wantsToPlay = true;
  #viewerRate = 1;
  #mutedByPolicy = false;
  #preferredHeight: number | null = null;
  #stalls = 0;
  #qualities: Quality[] = [];
  #lastTime = 0;
  #movedAtMs = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #tickTimer: ReturnType<typeof setInterval> | undefined;

  constructor(video: HTMLVideoElement, deps: EngineDeps) {
    this.#video = video;
    this.#deps = deps;
    this.#snapshot = this.#draw();
    this.#listen('playing', () => this.#onPlaying());
    this.#listen('waiting', () => this.#onWaiting());
    this.#listen('ended', () => this.#onEnded());
    for (const name of ['pause', 'play', 'volumechange', 'ratechange', 'resize'] as const) this.#listen(name, () => this.#publish());
    this.#tickTimer = setInterval(() => this.#tick(), kTickMs);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  snapshot = (): Snapshot => this.#snapshot;

  get video(): HTMLVideoElement {
    return this.#video;
  }

  get engineName(): string {
    return this.#session?.engineName ?? '';
  }

  /** Plays this address from now on. The same address again changes nothing: a broadcast outlives its interruptions. */
  open(url: string): void {
    if (url === this.#url && !this.#facts.ended) return;
    this.#forget();
    this.#url = url;
    this.#facts = { ...kNoFacts, hasSource: true };
    this.#following = true;
    this.#movedAtMs = this.#deps.nowMs();
    void this.#begin();
    this.#publish();
  }

  /** Nothing is on. What is still in the buffer is played to its end. */
  close(): void {
    if (this.#url === null) {
      this.#facts = { ...this.#facts, knownOffline: true };
      this.#publish(); return;
    }
    const watched = this.#facts.everPlayed;
    this.#forget();
    this.#facts = { ...kNoFacts, knownOffline: true, ended: watched };
    this.#publish();
  }

  /** The server has lost the encoder and waits for it. */
  setEncoderLost(lost: boolean): void {
    if (lost === this.#encoderLost) return;
    this.#encoderLost = lost;
    this.#publish();
  }

  play(): void {
    this.#wantsToPlay = true;
    const { latency } = this.#snapshot.reading;
    if (this.#following && latency !== null && latency > kStaleResume) this.#seekLive();
    void this.#tryToPlay();
  }

  pause(): void {
    this.#wantsToPlay = false;
    this.#video.pause();
  }

  togglePlay(): void {
    if (this.#video.paused) this.play();
    else this.pause();
  }

  setMuted(muted: boolean): void {
    this.#mutedByPolicy = false;
    this.#video.muted = muted;
    if (!muted && this.#video.volume === 0) this.#video.volume = 0.5;
    this.#publish();
  }

  setVolume(volume: number): void {
    const bounded = Math.min(1, Math.max(0, volume));
    this.#mutedByPolicy = false;
    this.#video.volume = bounded;
    this.#video.muted = bounded === 0;
    this.#publish();
  }

  /** Null is automatic. The height is kept for later sessions, whose ids differ. */
  setQuality(height: number | null): void {
    this.#preferredHeight = height;
    this.#applyQuality();
    this.#publish();
  }

  goLive(): void {
    this.#following = true;
    this.#viewerRate = 1;
    this.#video.playbackRate = 1;
    this.#seekLive();
    this.play();
    this.#publish();
  }

  /** Back (negative) or forward within what can still be had; forward to the end is "go live". */
  seekBy(seconds: number): void {
    const { seekable } = this.#video;
    if (seekable.length === 0) return;
    const target = this.#video.currentTime + seconds;
    const live = this.#snapshot.reading.livePosition ?? seekable.end(seekable.length - 1);
    if (target >= live) { this.goLive(); return; }
    this.#following = false;
    this.#video.currentTime = Math.max(seekable.start(0), target);
    this.#publish();
  }

  /** To a fraction of the window that the server keeps: 0 is its oldest picture, 1 is live. */
  seekToFraction(fraction: number): void {
    const { seekable } = this.#video;
    if (seekable.length === 0) return;
    const start = seekable.start(0);
    const live = this.#snapshot.reading.livePosition ?? seekable.end(seekable.length - 1);
    this.seekBy(start + (live - start) * fraction - this.#video.currentTime);
  }

  step(frames: number): void {
    if (!this.#video.paused) this.pause();
    this.#following = false;
    this.#video.currentTime += frames * kFramesPerStep;
  }

  changeRate(by: number): void {
    this.#viewerRate = Math.min(kFastestRate, Math.max(kSlowestRate, this.#viewerRate + by));
    // A chosen speed leaves the live edge to the viewer; at normal speed the pilot steers again.
    this.#following = this.#viewerRate === 1 && this.#following;
    this.#video.playbackRate = this.#viewerRate;
  }

  destroy(): void {
    this.#forget();
    clearInterval(this.#tickTimer);
    for (const undo of this.#undo) undo();
    this.#listeners.clear();
  }

  async #begin(): Promise<void> {
    const url = this.#url;
    const opening = ++this.#opening;
    const openSession = await this.#deps.loadSessions().catch(() => null);
    // Another address was opened, or none, while the code was on its way.
    if (opening !== this.#opening || url === null) return;
    if (!openSession) { this.#onFailure('network'); return; }
    this.#session = openSession(this.#video, url, {
      qualities: (list) => this.#onQualities(list),
      progress: () => this.#onProgress(),
      failure: (kind) => this.#onFailure(kind),
      renewed: () => this.#rebuild(),
      ended: () => this.#onPlaylistEnd(),
    });
    if (this.#wantsToPlay) void this.#tryToPlay();
  }

  #forget(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#opening += 1;
    this.#session?.destroy();
    this.#session = null;
    this.#url = null;
    this.#qualities = [];
    this.#pilot = new LatencyPilot();
    this.#networkLost = false;
    this.#encoderLost = false;
    this.#stalls = 0;
  }

  async #tryToPlay(): Promise<void> {
    try {
      await this.#video.play();
    } catch (error) {
      // Anything but a refusal is an interrupted attempt: the next source or the viewer starts it again.
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || this.#video.muted) return;
      this.#video.muted = true;
      this.#mutedByPolicy = true;
      this.#publish();
      await this.#video.play().catch(() => undefined);
    }
  }

  #onPlaying(): void {
    this.#movedAtMs = this.#deps.nowMs();
    this.#facts = { ...this.#facts, flowing: true, everPlayed: true, attempts: 0 };
    this.#publish();
  }

  #onWaiting(): void {
    // A seek empties the pipeline on purpose; that is no interruption.
    if (this.#video.seeking || this.#video.paused || !this.#facts.flowing) return;
    this.#facts = { ...this.#facts, flowing: false };
    this.#stalls += 1;
    this.#pilot.stalled();
    this.#publish();
  }

  #onEnded(): void {
    this.#facts = { ...this.#facts, ended: true, flowing: false };
    this.#publish();
  }

  #onPlaylistEnd(): void {
    if (this.#video.ended || !this.#facts.everPlayed) this.#onEnded();
  }

  #onQualities(list: Quality[]): void {
    this.#qualities = list;
    this.#applyQuality();
    this.#publish();
  }

  #applyQuality(): void {
    const wanted = this.#preferredHeight;
    const match = wanted === null ? null : (this.#qualities.find((each) => each.height === wanted) ?? null);
    this.#session?.setQuality(match?.id ?? null);
  }

  #onProgress(): void {
    if (!this.#networkLost) return;
    this.#networkLost = false;
    this.#publish();
  }

  #onFailure(kind: FailureKind): void {
    if (kind === 'unsupported') {
      this.#facts = { ...this.#facts, unsupported: true };
      this.#publish(); return;
    }
    if (this.#retryTimer !== undefined) return;
    this.#networkLost = kind !== 'decoder';
    const attempt = this.#facts.attempts;
    this.#facts = { ...this.#facts, attempts: attempt + 1, flowing: false };
    this.#retryTimer = setTimeout(
      () => {
        this.#retryTimer = undefined;
        this.#retry(kind, attempt);
      },
      backoffMs(attempt, this.#deps.random),
    );
    this.#publish();
  }

  #retry(kind: FailureKind, attempt: number): void {
    // Every fourth attempt starts from nothing: it also cures what a resumed session cannot (a new master playlist, a lost init).
    // Before that a picture stays on the screen, also where the server has just begun again and does not know the broadcast yet.
    const nothingToKeep = this.#session === null || (kind === 'gone' && !this.#facts.everPlayed);
    const anew = nothingToKeep || attempt % 4 === 3;
    if (!anew && kind === 'decoder') return this.#session?.resetDecoder();
    if (!anew) return this.#session?.resume();
    this.#rebuild();
  }

  #rebuild(): void {
    this.#session?.destroy();
    this.#session = null;
    this.#movedAtMs = this.#deps.nowMs();
    void this.#begin();
  }

  #tick(): void {
    if (!this.#session) return;
    const nowMs = this.#deps.nowMs();
    const { currentTime, paused, seeking, readyState } = this.#video;
    // A new session begins at zero and seeks to the live edge: only small steps forward are playing.
    const advanced = currentTime > this.#lastTime && currentTime < this.#lastTime + kLargestStep && readyState >= kCanPlayOn;
    if (advanced || paused) this.#movedAtMs = nowMs;
    if (advanced && !paused && !seeking && !this.#facts.flowing && this.#facts.everPlayed) this.#onPlaying();
    // Chromium says nothing when a playhead stops within a picture or two of the buffer's end.
    if (nowMs - this.#movedAtMs > kFrozenMs) this.#onWaiting();
    this.#lastTime = currentTime;
    if (nowMs - this.#movedAtMs > kStuckMs && this.#retryTimer === undefined) this.#onStuck();
    this.#steer(nowMs);
    this.#publish();
  }

  /** Neither hls.js nor the network has complained, and yet nothing moves. */
  #onStuck(): void {
    this.#facts = { ...this.#facts, flowing: false, attempts: this.#facts.attempts + 1 };
    this.#rebuild();
  }

  #steer(nowMs: number): void {
    const { latency, holdBack, livePosition } = this.#session?.reading() ?? kNoReading;
    if (latency === null || holdBack === null || !this.#following || this.#video.paused || !this.#facts.flowing) return;
    const { rate, jump } = this.#pilot.steer({ latency, holdBack, buffer: this.#bufferAhead() }, nowMs);
    if (jump && livePosition !== null && !this.#networkLost) { this.#seekLive(); return; }
    if (this.#video.playbackRate !== rate && !keepsSteadyRate()) this.#video.playbackRate = rate;
  }

  #seekLive(): void {
    const position = this.#session?.reading().livePosition ?? null;
    if (position !== null) this.#video.currentTime = position;
  }

  #bufferAhead(): number {
    const { buffered, currentTime } = this.#video;
    for (let at = 0; at < buffered.length; at += 1) {
      if (buffered.start(at) <= currentTime + 0.1 && currentTime < buffered.end(at)) return buffered.end(at) - currentTime;
    }
    return 0;
  }

  #draw(): Snapshot {
    const reading = this.#session?.reading() ?? kNoReading;
    const facts = { ...this.#facts, connectionLost: this.#networkLost || this.#encoderLost };
    return {
      state: stateOf(facts),
      pictured: facts.everPlayed,
      paused: this.#video.paused,
      muted: this.#video.muted,
      mutedByPolicy: this.#mutedByPolicy && this.#video.muted,
      volume: this.#video.volume,
      following: this.#following,
      qualities: this.#qualities,
      quality: this.#qualities.some((each) => each.height === this.#preferredHeight) ? this.#preferredHeight : null,
      stalls: this.#stalls,
      rate: this.#video.playbackRate,
      aim: reading.holdBack === null ? null : this.#pilot.aim(reading.holdBack),
      reading,
    };
  }

  #publish(): void {
    this.#snapshot = this.#draw();
    for (const each of this.#listeners) each();
  }

  #listen(name: string, react: () => void): void {
    this.#video.addEventListener(name, react);
    this.#undo.push(() => this.#video.removeEventListener(name, react));
  }
}
