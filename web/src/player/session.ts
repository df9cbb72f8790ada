/** One quality on offer. `id` is only good for the session that named it; `height` is what a viewer means and what we remember. */
export interface Quality {
  id: number;
  height: number;
  frameRate: number;
  bitrate: number;
}

/** What a session knows at this moment. Null means that it cannot know (yet). */
export interface SessionReading {
  /** Seconds between the playhead and the newest media that the server has announced. */
  latency: number | null;
  /** Seconds of hold-back that the playlist asks for. */
  holdBack: number | null;
  /** Seconds since the picture on the screen left the encoder, by the playlist's wall clock. */
  glass: number | null;
  /** Media time at which a viewer who wants to be live should be. */
  livePosition: number | null;
  bitrate: number | null;
  bandwidth: number | null;
  codecs: string | null;
  activeQuality: number | null;
}

/**
 * What went wrong, as far as it changes what to do next: the network (ask again), the address (it is gone: begin anew),
 * the decoder (reset it), or the browser (nothing will help).
 */
export type FailureKind = 'network' | 'gone' | 'decoder' | 'unsupported';

export interface SessionEvents {
  qualities(list: Quality[]): void;
  /** Fresh media information arrived: the way to the server is open. */
  progress(): void;
  /** The session has given up by itself and waits for `resume`, `resetDecoder` or its end. */
  failure(kind: FailureKind): void;
  /** The playlist goes on beyond what this session has heard of: the server began anew, and media times of before mean nothing. */
  renewed(): void;
  /** The playlist said that nothing follows. */
  ended(): void;
}

/** One attempt at playing one address in one video element. */
export interface Session {
  readonly engineName: string;
  resume(): void;
  resetDecoder(): void;
  setQuality(id: number | null): void;
  reading(): SessionReading;
  destroy(): void;
}

export type OpenSession = (video: HTMLVideoElement, url: string, events: SessionEvents) => Session;
