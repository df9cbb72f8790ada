import { ZoomIn, ZoomOut } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { classes } from '@/lib/class_names';
import { useText } from '@/lib/intl';
import { type CropBox, drawnSize, keptInside, kMostZoom, kUncropped, type Size, sourceRectangle } from './crop_box';

export interface Cropped {
  picture: HTMLImageElement;
  left: number;
  top: number;
  width: number;
  height: number;
}

interface ImageCropProps {
  picture: HTMLImageElement;
  /** The frame's width by its height. */
  aspect: number;
  round?: boolean;
  onChange: (cropped: Cropped) => void;
}

const kStep = 0.02;
const kMoves: Record<string, [number, number]> = { ArrowLeft: [-kStep, 0], ArrowRight: [kStep, 0], ArrowUp: [0, -kStep], ArrowDown: [0, kStep] };

/** Chooses a part of a picture: drag it or use the arrow keys, zoom with the slider, the wheel, plus and minus. */
export function ImageCrop({ picture, aspect, round = false, onChange }: ImageCropProps) {
  const text = useText();
  const frame = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<CropBox>(kUncropped);
  const size: Size = { width: picture.naturalWidth, height: picture.naturalHeight };
  const drawn = drawnSize(size, aspect, box.zoom);

  function change(next: CropBox) {
    const kept = keptInside(next, size, aspect);
    setBox(kept);
    onChange({ picture, ...sourceRectangle(kept, size, aspect) });
  }

  function drag(event: PointerEvent) {
    if (event.buttons !== 1 || !frame.current) return;
    const unit = frame.current.clientWidth;
    change({ ...box, x: box.x + event.movementX / unit, y: box.y + event.movementY / unit });
  }

  function onKey(event: KeyboardEvent) {
    const move = kMoves[event.key];
    const zoom = event.key === '+' ? 0.1 : event.key === '-' ? -0.1 : 0;
    if (!move && zoom === 0) return;
    event.preventDefault();
    change({ x: box.x + (move?.[0] ?? 0), y: box.y + (move?.[1] ?? 0), zoom: box.zoom + zoom });
  }

  return (
    <div className="flex flex-col gap-4">
      {/* A picture that is moved about: nothing in HTML is that, so it is named, focusable, and its keys are told in its label. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={frame}
        role="application"
        aria-label={text('crop.label')}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={onKey}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onWheel={(event) => change({ ...box, zoom: box.zoom - event.deltaY / 500 })}
        style={{ aspectRatio: aspect }}
        className={classes('relative mx-auto w-full cursor-move touch-none overflow-hidden bg-black select-none', round ? 'max-w-72 rounded-full' : 'rounded-xl')}
      >
        <img
          src={picture.src}
          alt=""
          draggable={false}
          className="absolute max-w-none"
          style={{
            width: `${drawn.width * 100}%`,
            height: `${drawn.height * aspect * 100}%`,
            left: `${(0.5 + box.x - drawn.width / 2) * 100}%`,
            top: `${(0.5 + (box.y - drawn.height / 2) * aspect) * 100}%`,
          }}
        />
      </div>
      <label className="flex items-center gap-3 text-faint">
        <ZoomOut className="size-4.5 shrink-0" />
        <input
          type="range"
          min={1}
          max={kMostZoom}
          step={0.01}
          value={box.zoom}
          aria-label={text('crop.zoom')}
          onChange={(event) => change({ ...box, zoom: Number(event.target.value) })}
          className="min-h-10 flex-1 accent-ember"
        />
        <ZoomIn className="size-4.5 shrink-0" />
      </label>
    </div>
  );
}
