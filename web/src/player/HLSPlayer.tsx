import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { classes } from '@/lib/class_names';
import { useText } from '@/lib/intl';
import { makeActions, perform } from './actions';
import { isBehind, shownLatency } from './latency_shown';
import { KeyboardHelp } from './KeyboardHelp';
import { actionFor, isTaken } from './keys';
import { StateScreen, UnmutePrompt } from './StateScreen';
import { StatsOverlay } from './StatsOverlay';
import { rememberSound, useEngine, useSnapshot } from './use_engine';
import { useFullscreen, usePictureInPicture } from './use_fullscreen';
import { useIdle } from './use_idle';
import { VideoControls } from './VideoControls';

export interface HLSPlayerProps {
  title: string;
  /** Whose broadcast it is, for the offline slate. */
  name: string;
  /** What to play; null when nothing is on; undefined while that is not known. */
  source: { url: string; encoderLost: boolean } | null | undefined;
  theatre: boolean;
  onTheatre: (theatre: boolean) => void;
  /** Drawn where there is no picture. */
  backdrop: ReactNode;
}

export function HLSPlayer({ title, name, source, theatre, onTheatre, backdrop }: HLSPlayerProps) {
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

  const actions = useMemo(
    () =>
      engine &&
      makeActions(engine, {
        toggleFullscreen: fullscreen.toggle,
        togglePip: pip.toggle,
        toggleTheatre: () => onTheatre(!theatre),
        toggleHelp: () => setHelp((shown) => !shown),
        toggleStats: () => setStats((shown) => !shown),
      }),
    [engine, fullscreen.toggle, pip.toggle, theatre, onTheatre],
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
  const hasPicture = state === 'live' || state === 'stalled' || state === 'reconnecting';
  const latency = snapshot && shownLatency(snapshot.reading);
  const controllable = hasPicture || state === 'starting';

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
      data-latency-ms={latency === null ? '' : Math.round(latency * 1000)}
      data-edge-latency-ms={snapshot?.reading.latency == null ? '' : Math.round(snapshot.reading.latency * 1000)}
      data-rate={snapshot?.rate ?? 1}
      data-behind={snapshot ? isBehind(snapshot) : false}
      data-theatre={theatre}
      onPointerMove={wake}
      onPointerLeave={sleep}
      className={classes('relative isolate size-full overflow-hidden bg-black select-none', idle && 'cursor-none')}
    >
      {!hasPicture && <div className="absolute inset-0 opacity-60">{backdrop}</div>}
      {/* The picture's own click area; every one of its functions is also a button below. */}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption, jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
      <video
        ref={video}
        playsInline
        autoPlay={false}
        tabIndex={-1}
        aria-label={title}
        onClick={(event) => (event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === 'touch' ? wake() : actions?.togglePlay())}
        onDoubleClick={() => actions?.toggleFullscreen()}
        className={classes('absolute inset-0 size-full bg-black object-contain', !hasPicture && 'opacity-0')}
      />
      {snapshot && actions && <StateScreen state={state} paused={snapshot.paused} name={name} onPlay={actions.togglePlay} />}
      {snapshot?.mutedByPolicy && actions && <UnmutePrompt onUnmute={actions.toggleMute} />}
      {snapshot && engine && stats && <StatsOverlay engine={engine} snapshot={snapshot} onClose={() => setStats(false)} />}
      {snapshot && actions && controllable && (
        <VideoControls
          snapshot={snapshot}
          actions={actions}
          hidden={idle}
          fullscreen={fullscreen.active}
          pip={pip}
          theatre={theatre}
          stats={stats}
          menuContainer={container}
          onMenu={setMenu}
        />
      )}
      <p role="status" className="sr-only">
        {announcement()}
      </p>
      <KeyboardHelp open={help} onOpenChange={setHelp} container={fullscreen.active ? container : null} />
    </div>
  );

  function announcement(): string {
    if (state === 'stalled') return text('player.stalled');
    if (state === 'reconnecting') return text('player.reconnecting');
    return state === 'live' ? text('player.live') : '';
  }
}
