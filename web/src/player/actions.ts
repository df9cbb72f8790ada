import type { PlayerEngine } from './engine';
import type { PlayerAction } from './keys';
import { rememberQuality } from './use_engine';
import type { ControlActions } from './VideoControls';

type SkinActions = Pick<ControlActions, 'toggleFullscreen' | 'togglePip' | 'toggleTheatre' | 'toggleHelp' | 'toggleStats'>;

/** The engine's and the skin's doings, in the shape the buttons want. */
export function makeActions(engine: PlayerEngine, skin: SkinActions): ControlActions {
  return {
    ...skin,
    togglePlay: () => engine.togglePlay(),
    toggleMute: () => engine.setMuted(!engine.snapshot().muted),
    setVolume: (volume) => engine.setVolume(volume),
    goLive: () => engine.goLive(),
    chooseQuality: (height) => {
      engine.setQuality(height);
      rememberQuality(height);
    },
  };
}

export function perform(action: PlayerAction, engine: PlayerEngine, actions: ControlActions): void {
  switch (action.do) {
    case 'play':
      { actions.togglePlay(); return; }
    case 'mute':
      { actions.toggleMute(); return; }
    case 'fullscreen':
      { actions.toggleFullscreen(); return; }
    case 'theatre':
      { actions.toggleTheatre(); return; }
    case 'pip':
      { actions.togglePip(); return; }
    case 'help':
      { actions.toggleHelp(); return; }
    case 'stats':
      { actions.toggleStats(); return; }
    case 'live':
      { engine.goLive(); return; }
    case 'seek':
      { engine.seekBy(action.seconds); return; }
    case 'percent':
      { engine.seekToFraction(action.fraction); return; }
    case 'volume':
      { engine.setVolume((engine.snapshot().muted ? 0 : engine.snapshot().volume) + action.by); return; }
    case 'speed':
      { engine.changeRate(action.by); return; }
    case 'step':
      { engine.step(action.frames); return; }
  }
}
