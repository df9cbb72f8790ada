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
      return actions.togglePlay();
    case 'mute':
      return actions.toggleMute();
    case 'fullscreen':
      return actions.toggleFullscreen();
    case 'theatre':
      return actions.toggleTheatre();
    case 'pip':
      return actions.togglePip();
    case 'help':
      return actions.toggleHelp();
    case 'stats':
      return actions.toggleStats();
    case 'live':
      return engine.goLive();
    case 'seek':
      return engine.seekBy(action.seconds);
    case 'percent':
      return engine.seekToFraction(action.fraction);
    case 'volume':
      return engine.setVolume((engine.snapshot().muted ? 0 : engine.snapshot().volume) + action.by);
    case 'speed':
      return engine.changeRate(action.by);
    case 'step':
      return engine.step(action.frames);
  }
}
