import { lazy, Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { classes } from '@/lib/class_names';
import { useText } from '@/lib/intl';
import { makeActions, perform } from './actions';
import { isBehind, shownLatency } from './latency_shown';
import { actionFor, isTaken } from './keys';
import { SoundOnly, StateScreen, UnmutePrompt } from './StateScreen';
import { StatsOverlay } from './StatsOverlay';
import { rememberSound, useEngine, useSnapshot } from './use_engine';
import { useFullscreen, usePictureInPicture } from './use_fullscreen';
import { useIdle } from './use_idle';
import { VideoControls } from './VideoControls';

// Nobody opens it before the picture is there.
const KeyboardHelp = lazy(() => import('./KeyboardHelp').then((module) => ({ default: module.KeyboardHelp })));

export interface HLSPlayerProps {
  title: string;
  /** Whose broadcast it is, for the offline slate. */
  name: string;
  /** What to play; null when nothing is on; undefined while that is not known. */
  source: { url: string; encoderLost: boolean } | null | undefined;
  /** There is nothing to see, only to hear. */
  soundOnly: boolean;
  /** Absent where there is no room to grow into: on the desk, in somebody else's page. */
  theatre?: { active: boolean; onChange: (theatre: boolean) => void };
  /** Told the picture's bits a second whenever they change; null while nothing plays. */
  onBitrate?: (bitrate: number | null) => void;
  /** Drawn where there is no picture. */
  backdrop: ReactNode;
}

// For whoever looks at the page from outside: tests, browser extensions.
function milliseconds(seconds: number | null): number | '' {
  return seconds === null ? '' : Math.round(seconds * 1000);
}

export function HLSPlayer({ title, name, source, soundOnly, theatre, onBitrate, backdrop }: HLSPlayerProps) {
  const text = useText();
  const root = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const [help, setHelp] = useState(false);
  const [stats, setStats] = useState(false);
  const [menu, setMenu] = useState(false);
  const engine = useEngine(video);
  const snapshot = useSnapshot(engine);
  const fullscreen = useFullscreen(root, video);
  const pip = usePictureInPicture(video);
  const { idle, wake, sleep } = useIdle(snapshot?.state === 'live' && !snapshot.paused && !menu);

  const url = source?.url;
  const known = source !== undefined;
  useEffect(() => {
    if (!engine || !known) return;
    if (url === undefined) engine.close();
    else engine.open(url);
  }, [engine, known, url]);

  const encoderLost = source?.encoderLost ?? false;
  useEffect(() => engine?.setEncoderLost(encoderLost), [engine, encoderLost, url]);

  const muted = snapshot?.muted;
  const volume = snapshot?.volume;
  useEffect(() => {
    if (engine) rememberSound(engine.snapshot());
  }, [engine, muted, volume]);

  const bitrate = snapshot?.reading.bitrate ?? null;
  useEffect(() => onBitrate?.(bitrate), [onBitrate, bitrate]);

  const actions = useMemo(
    () =>
      engine &&
      makeActions(engine, {
        toggleFullscreen: fullscreen.toggle,
        togglePip: pip.toggle,
        toggleTheatre: () => theatre?.onChange(!theatre.active),
        toggleHelp: () => setHelp((shown) => !shown),
        toggleStats: () => setStats((shown) => !shown),
      }),
    [engine, fullscreen.toggle, pip.toggle, theatre],
  );

  useEffect(() => {
    if (!engine || !actions) return;
    const onKey = (event: KeyboardEvent) => {
      const action = actionFor(event);
      if (!action || event.defaultPrevented || isTaken(event.target, event.key)) return;
      event.preventDefault();
      wake();
      perform(action, engine, actions);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [engine, actions, wake]);

  const state = snapshot?.state ?? 'idle';
  const underway = state === 'live' || state === 'stalled' || state === 'reconnecting';
  const hasPicture = underway && snapshot?.pictured === true;
  const latency = snapshot && shownLatency(snapshot.reading);
  const edgeLatency = snapshot?.reading.latency ?? null;
  const controllable = underway || state === 'starting';

  return (
    <div
      ref={(element) => {
        root.current = element;
        setContainer(element);
      }}
      role="region"
      aria-label={text('player.label', { title })}
      data-player
      data-state={state}
      data-stalls={snapshot?.stalls ?? 0}
      data-latency-ms={milliseconds(latency)}
      data-edge-latency-ms={milliseconds(edgeLatency)}
      data-rate={snapshot?.rate ?? 1}
      data-behind={snapshot ? isBehind(snapshot) : false}
      data-theatre={theatre?.active ?? false}
      onPointerMove={wake}
      onPointerLeave={sleep}
      className={classes('relative isolate size-full overflow-hidden bg-black select-none', idle && 'cursor-none')}
    >
      {(!hasPicture || soundOnly) && <div className="absolute inset-0 opacity-60">{backdrop}</div>}
      {/* The picture's own click area; every one of its functions is also a button below. */}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
      <video
        ref={video}
        playsInline
        autoPlay={false}
        tabIndex={-1}
        aria-label={title}
        onClick={(event) => (event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === 'touch' ? wake() : actions?.togglePlay())}
        onDoubleClick={() => actions?.toggleFullscreen()}
        className={classes('absolute inset-0 size-full bg-black object-contain', (!hasPicture || soundOnly) && 'opacity-0')}
      />
      {snapshot && actions && <StateScreen state={state} paused={snapshot.paused} name={name} onPlay={actions.togglePlay} />}
      {state === 'live' && soundOnly && <SoundOnly />}
      {snapshot?.mutedByPolicy && actions && <UnmutePrompt onUnmute={actions.toggleMute} />}
      {snapshot && engine && stats && <StatsOverlay engine={engine} snapshot={snapshot} onClose={() => setStats(false)} />}
      {snapshot && actions && controllable && (
        <VideoControls
          snapshot={snapshot}
          actions={actions}
          hidden={idle}
          fullscreen={fullscreen.active}
          pip={pip}
          theatre={theatre?.active}
          stats={stats}
          menuContainer={container}
          onMenu={setMenu}
        />
      )}
      <p role="status" className="sr-only">
        {announcement()}
      </p>
      {help && (
        <Suspense>
          <KeyboardHelp onClose={() => setHelp(false)} container={fullscreen.active ? container : null} />
        </Suspense>
      )}
    </div>
  );

  function announcement(): string {
    if (state === 'stalled') return text('player.stalled');
    if (state === 'reconnecting') return text('player.reconnecting');
    return state === 'live' ? text('player.live') : '';
  }
}
