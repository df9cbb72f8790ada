import Hls, { type ErrorData, type LoadPolicy } from 'hls.js/light';
import type { FailureKind, OpenSession, Quality, SessionEvents, SessionReading } from './session';
import { openNativeSession } from './native_session';

// Several quick attempts inside hls.js cover a lost packet; a lost server is the engine's business (see backoff.ts).
function policy(firstByteMs: number, wholeMs: number): LoadPolicy {
  return {
    default: {
      maxTimeToFirstByteMs: firstByteMs,
      maxLoadTimeMs: wholeMs,
      timeoutRetry: { maxNumRetry: 1, retryDelayMs: 0, maxRetryDelayMs: 0 },
      errorRetry: { maxNumRetry: 2, retryDelayMs: 150, maxRetryDelayMs: 600, backoff: 'exponential' },
    },
  };
}

const kConfig = {
  // In fMP4 nothing is remuxed, so a worker would add its start-up and two copies to the time of the first picture and save
  // nothing; and the page's policy (require-trusted-types-for) refuses a worker made from text.
  enableWorker: false,
  lowLatencyMode: true,
  // The engine's own pilot keeps the distance (latency_pilot.ts says why).
  maxLiveSyncPlaybackRate: 1,
  liveSyncOnStallIncrease: 0,
  liveDurationInfinity: true,
  backBufferLength: 12,
  maxBufferLength: 12,
  maxMaxBufferLength: 20,
  startFragPrefetch: true,
  // The first quality comes from an assumption, not from a test download: most viewers have more than this.
  testBandwidth: false,
  abrEwmaDefaultEstimate: 8_000_000,
  abrEwmaDefaultEstimateMax: 20_000_000,
  capLevelToPlayerSize: false,
  enableDateRangeMetadataCues: false,
  enableEmsgMetadataCues: false,
  enableID3MetadataCues: false,
  detectStallWithCurrentTimeMs: 600,
  nudgeMaxRetry: 6,
  manifestLoadPolicy: policy(6_000, 10_000),
  // A blocking reload is held until the next part exists; three target durations without one mean that something broke.
  playlistLoadPolicy: policy(20_000, 20_000),
  fragLoadPolicy: policy(6_000, 20_000),
};

function failureOf(data: ErrorData): FailureKind {
  const status = data.response?.code ?? 0;
  if (data.type === Hls.ErrorTypes.MEDIA_ERROR) return 'decoder';
  if (data.details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR) return 'unsupported';
  if (status === 404 || status === 410 || status === 403) return 'gone';
  if (data.details === Hls.ErrorDetails.MANIFEST_LOAD_ERROR || data.details === Hls.ErrorDetails.MANIFEST_LOAD_TIMEOUT) return 'gone';
  if (data.details === Hls.ErrorDetails.MANIFEST_PARSING_ERROR || data.details === Hls.ErrorDetails.LEVEL_EMPTY_ERROR) return 'gone';
  return 'network';
}

function qualitiesOf(hls: Hls): Quality[] {
  return hls.levels
    .map((level, id) => ({ id, height: level.height, frameRate: level.frameRate, bitrate: level.bitrate }))
    .filter((level) => level.height > 0)
    .sort((one, other) => other.height - one.height || other.bitrate - one.bitrate);
}

function readingOf(hls: Hls): SessionReading {
  const details = hls.latestLevelDetails;
  const level = hls.levels[hls.currentLevel];
  const shownAt = hls.playingDate?.getTime();
  return {
    latency: details?.live && hls.media && hls.media.readyState > 0 ? hls.latency : null,
    holdBack: details ? details.partHoldBack || details.holdBack || details.targetduration * 3 : null,
    glass: shownAt === undefined ? null : (Date.now() - shownAt) / 1000,
    livePosition: hls.liveSyncPosition,
    bitrate: level?.bitrate ?? null,
    bandwidth: hls.bandwidthEstimate,
    codecs: level ? [level.videoCodec, level.audioCodec].filter(Boolean).join(', ') : null,
    activeQuality: level?.height ?? null,
  };
}

interface Prepared {
  url: string;
  hls: Hls;
}

let prepared: Prepared | null = null;

/** Begins with playlists and the first part before there is an element to show them in. The next session for this address takes over. */
export function prepareSession(url: string): void {
  if (!Hls.isSupported() || prepared) return;
  const hls = new Hls(kConfig);
  const mine = { url, hls };
  prepared = mine;
  hls.on(Hls.Events.ERROR, (_, { fatal }) => {
    // Nobody listens yet: the session that is opened later begins anew, and reports.
    if (fatal && prepared === mine) discardPrepared();
  });
  hls.loadSource(url);
}

function discardPrepared(): void {
  prepared?.hls.destroy();
  prepared = null;
}

function takePrepared(url: string): Hls | null {
  const taken = prepared?.url === url ? prepared.hls : null;
  if (taken) prepared = null;
  else discardPrepared();
  return taken;
}

function openHlsSession(video: HTMLVideoElement, url: string, events: SessionEvents) {
  const early = takePrepared(url);
  const hls = early ?? new Hls(kConfig);
  hls.on(Hls.Events.MANIFEST_PARSED, () => events.qualities(qualitiesOf(hls)));
  let destroyed = false;
  let newestSegment = hls.latestLevelDetails?.lastPartSn ?? null;
  hls.on(Hls.Events.LEVEL_LOADED, (_, { details }) => {
    events.progress();
    // hls.js would join old and new by their numbers and wait, far from any media, until it counts as stuck.
    // It is in the middle of telling its own parts, so it is not taken down before they all know.
    if (newestSegment !== null && details.startSN > newestSegment + 1) setTimeout(() => !destroyed && events.renewed());
    newestSegment = Math.max(details.endSN, details.lastPartSn);
    if (!details.live) events.ended();
  });
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (data.fatal) events.failure(failureOf(data));
  });
  if (!early) hls.loadSource(url);
  if (hls.levels.length > 0) events.qualities(qualitiesOf(hls));
  hls.attachMedia(video);
  return {
    engineName: `hls.js ${Hls.version}`,
    resume: () => hls.startLoad(-1),
    resetDecoder: () => hls.recoverMediaError(),
    setQuality: (id: number | null) => {
      hls.nextLevel = id ?? -1;
    },
    reading: () => readingOf(hls),
    destroy: () => {
      destroyed = true;
      hls.destroy();
    },
  };
}

/** hls.js where the browser has Media Source Extensions, the browser's own HLS where it has not. */
export const openSession: OpenSession = (video, url, events) =>
  Hls.isSupported() ? openHlsSession(video, url, events) : openNativeSession(video, url, events);
