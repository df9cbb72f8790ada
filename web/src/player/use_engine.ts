import { useEffect, useState, useSyncExternalStore, type RefObject } from 'react';
import { recall, remember } from '@/lib/memory';
import { PlayerEngine, type Snapshot } from './engine';
import { loadSessions } from './load_sessions';

/** An engine for this video element, with the viewer's remembered volume and quality. */
export function useEngine(video: RefObject<HTMLVideoElement | null>): PlayerEngine | null {
  const [engine, setEngine] = useState<PlayerEngine | null>(null);
  useEffect(() => {
    if (!video.current) return;
    const made = new PlayerEngine(video.current, { loadSessions, nowMs: () => performance.now(), random: Math.random });
    restorePreferences(made);
    // The element exists only after the first draw, and the engine needs the element.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setEngine(made);
    return () => {
      made.destroy();
      setEngine(null);
    };
  }, [video]);
  return engine;
}

function restorePreferences(engine: PlayerEngine): void {
  const volume = Number(recall('volume') ?? '1');
  if (Number.isFinite(volume)) engine.setVolume(volume);
  if (recall('muted') === 'yes') engine.setMuted(true);
  const height = Number(recall('quality') ?? '');
  if (height > 0) engine.setQuality(height);
}

export function rememberSound(snapshot: Snapshot): void {
  // A browser's refusal is not the viewer's wish.
  if (snapshot.mutedByPolicy) return;
  remember('volume', String(snapshot.volume));
  remember('muted', snapshot.muted ? 'yes' : 'no');
}

export function rememberQuality(height: number | null): void {
  remember('quality', height === null ? '' : String(height));
}

const noSubscription = () => () => undefined;

export function useSnapshot(engine: PlayerEngine | null): Snapshot | null {
  return useSyncExternalStore(engine?.subscribe ?? noSubscription, () => engine?.snapshot() ?? null);
}
