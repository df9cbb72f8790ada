import type { OpenSession, SessionReading } from './session';

const kHlsType = 'application/vnd.apple.mpegurl';

// Safari's video element carries the wall clock of its playhead.
interface DatedVideo extends HTMLVideoElement {
  getStartDate?: () => Date;
}

function readingOf(video: DatedVideo): SessionReading {
  const { seekable } = video;
  const edge = seekable.length > 0 ? seekable.end(seekable.length - 1) : null;
  const startedAt = video.getStartDate?.().getTime() ?? Number.NaN;
  return {
    latency: edge === null ? null : Math.max(0, edge - video.currentTime),
    // The browser keeps its distance by itself and does not say which; no aim, no steering.
    holdBack: null,
    glass: Number.isNaN(startedAt) ? null : (Date.now() - startedAt) / 1000 - video.currentTime,
    livePosition: edge,
    bitrate: null,
    bandwidth: null,
    codecs: null,
    activeQuality: video.videoHeight || null,
  };
}

/** The browser's own HLS (iPhones before Managed Media Source, WebKitGTK). */
export const openNativeSession: OpenSession = (video, url, events) => {
  if (video.canPlayType(kHlsType) === '') {
    queueMicrotask(() => events.failure('unsupported'));
  }
  const onError = () => events.failure(video.error?.code === MediaError.MEDIA_ERR_DECODE ? 'decoder' : 'gone');
  const onProgress = () => events.progress();
  video.addEventListener('error', onError);
  video.addEventListener('progress', onProgress);
  video.src = url;
  return {
    engineName: 'native',
    resume: () => video.load(),
    resetDecoder: () => video.load(),
    setQuality: () => undefined,
    reading: () => readingOf(video),
    destroy: () => {
      video.removeEventListener('error', onError);
      video.removeEventListener('progress', onProgress);
      video.removeAttribute('src');
      video.load();
    },
  };
};
