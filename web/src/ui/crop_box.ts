// Where a picture lies in the frame that it is cut to. Lengths are fractions of the frame's width, so that no screen matters.
export interface Size {
  width: number;
  height: number;
}

export interface CropBox {
  /** The picture's middle, relative to the frame's middle. */
  x: number;
  y: number;
  /** 1 covers the frame exactly. */
  zoom: number;
}

export const kMostZoom = 4;
export const kUncropped: CropBox = { x: 0, y: 0, zoom: 1 };

/** The picture's size at that zoom. `aspect` is the frame's width by its height. */
export function drawnSize(picture: Size, aspect: number, zoom: number): Size {
  const frameHeight = 1 / aspect;
  const scale = Math.max(1 / picture.width, frameHeight / picture.height) * zoom;
  return { width: picture.width * scale, height: picture.height * scale };
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value));

/** The nearest box that leaves no part of the frame empty. */
export function keptInside(box: CropBox, picture: Size, aspect: number): CropBox {
  const zoom = Math.min(kMostZoom, Math.max(1, box.zoom));
  const drawn = drawnSize(picture, aspect, zoom);
  return { x: clamp(box.x, (drawn.width - 1) / 2), y: clamp(box.y, (drawn.height - 1 / aspect) / 2), zoom };
}

/** The part of the picture that the frame shows, in the picture's pixels. */
export function sourceRectangle(box: CropBox, picture: Size, aspect: number): Size & { left: number; top: number } {
  const drawn = drawnSize(picture, aspect, box.zoom);
  const perFrame = picture.width / drawn.width;
  const width = perFrame;
  const height = perFrame / aspect;
  return { left: (picture.width - width) / 2 - box.x * perFrame, top: (picture.height - height) / 2 - box.y * perFrame, width, height };
}
