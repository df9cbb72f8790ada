import { Activity, Keyboard, Maximize, Minimize, Pause, PictureInPicture2, Play, RectangleHorizontal, Settings2, Volume1, Volume2, VolumeX } from 'lucide-react';
import { lazy, Suspense, type CSSProperties } from 'react';
import { classes } from '@/lib/class_names';
import { useNumbers, useText } from '@/lib/intl';
import type { Snapshot } from './engine';
import { LiveStatus } from './LiveStatus';
import { PlayerButton } from './PlayerButton';

// The menu's code is larger than the rest of the skin, and the first picture does not wait for it.
const QualitySelector = lazy(() => import('./QualitySelector').then((module) => ({ default: module.QualitySelector })));

export interface ControlActions {
  togglePlay: () => void;
  toggleMute: () => void;
  setVolume: (volume: number) => void;
  goLive: () => void;
  chooseQuality: (height: number | null) => void;
  toggleFullscreen: () => void;
  togglePip: () => void;
  toggleTheatre: () => void;
  toggleHelp: () => void;
  toggleStats: () => void;
}

interface VideoControlsProps {
  snapshot: Snapshot;
  actions: ControlActions;
  hidden: boolean;
  fullscreen: boolean;
  pip: { active: boolean; possible: boolean };
  /** Absent: there is no theatre here. */
  theatre: boolean | undefined;
  stats: boolean;
  menuContainer: HTMLElement | null;
  onMenu: (open: boolean) => void;
}

export function VideoControls({ snapshot, actions, hidden, fullscreen, pip, theatre, stats, menuContainer, onMenu }: VideoControlsProps) {
  const text = useText();
  return (
    <div
      data-player-controls
      className={classes(
        'absolute inset-x-0 bottom-0 z-20 flex items-center gap-0.5 scrim-bottom px-2 pt-16 pb-2 transition-opacity duration-200 sm:gap-1 sm:px-3',
        hidden && 'pointer-events-none opacity-0 focus-within:pointer-events-auto focus-within:opacity-100',
      )}
    >
      <PlayerButton label={snapshot.paused ? text('player.play') : text('player.pause')} shortcut="K" align="left" onClick={actions.togglePlay}>
        {snapshot.paused ? <Play className="size-5 fill-current" /> : <Pause className="size-5 fill-current" />}
      </PlayerButton>
      <VolumeControl snapshot={snapshot} actions={actions} />
      <LiveStatus snapshot={snapshot} onGoLive={actions.goLive} />
      <span className="flex-1" />
      <PlayerButton label={text('player.help')} shortcut="?" className="max-md:hidden" onClick={actions.toggleHelp}>
        <Keyboard className="size-5" />
      </PlayerButton>
      <PlayerButton
        label={stats ? text('player.hide_stats') : text('player.stats')}
        shortcut="S"
        aria-pressed={stats}
        className="max-md:hidden"
        onClick={actions.toggleStats}
      >
        <Activity className="size-5" />
      </PlayerButton>
      <Suspense
        fallback={
          <PlayerButton label={text('player.quality')} disabled>
            <Settings2 className="size-5" />
          </PlayerButton>
        }
      >
        <QualitySelector
          qualities={snapshot.qualities}
          chosen={snapshot.quality}
          active={snapshot.reading.activeQuality}
          onChoose={actions.chooseQuality}
          onOpenChange={onMenu}
          container={menuContainer}
        />
      </Suspense>
      {pip.possible && (
        <PlayerButton label={pip.active ? text('player.exit_pip') : text('player.pip')} shortcut="I" className="max-sm:hidden" onClick={actions.togglePip}>
          <PictureInPicture2 className="size-5" />
        </PlayerButton>
      )}
      {theatre !== undefined && (
        <PlayerButton
          label={theatre ? text('player.exit_theatre') : text('player.theatre')}
          shortcut="T"
          aria-pressed={theatre}
          className="max-lg:hidden"
          onClick={actions.toggleTheatre}
        >
          <RectangleHorizontal className="size-5" />
        </PlayerButton>
      )}
      <PlayerButton
        label={fullscreen ? text('player.exit_fullscreen') : text('player.fullscreen')}
        shortcut="F"
        align="right"
        onClick={actions.toggleFullscreen}
      >
        {fullscreen ? <Minimize className="size-5" /> : <Maximize className="size-5" />}
      </PlayerButton>
    </div>
  );
}

function VolumeControl({ snapshot, actions }: Pick<VideoControlsProps, 'snapshot' | 'actions'>) {
  const text = useText();
  const { whole } = useNumbers();
  const volume = snapshot.muted ? 0 : snapshot.volume;
  const percent = Math.round(volume * 100);
  const Icon = volume === 0 ? VolumeX : volume < 0.5 ? Volume1 : Volume2;
  return (
    <div className="group/volume flex items-center">
      <PlayerButton label={snapshot.muted ? text('player.unmute') : text('player.mute')} shortcut="M" onClick={actions.toggleMute}>
        <Icon className="size-5" />
      </PlayerButton>
      <div className="flex w-0 items-center overflow-hidden transition-[width] duration-200 group-focus-within/volume:w-22 group-hover/volume:w-22 touch:hidden">
        <input
          type="range"
          min={0}
          max={100}
          step={1}
          value={percent}
          aria-label={text('player.volume')}
          aria-valuetext={text('player.volume_value', { percent: whole(percent) })}
          onChange={(event) => actions.setVolume(Number(event.target.value) / 100)}
          style={{ '--fill': `${percent}%` } as CSSProperties}
          className="mx-1 w-20 fader"
        />
      </div>
    </div>
  );
}
