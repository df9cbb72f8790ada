import { expect, it } from 'vitest';
import { drawnSize, keptInside, kMostZoom, kUncropped, sourceRectangle } from './crop_box';

const wide = { width: 400, height: 200 };

it('covers the frame with the shorter side', () => {
  expect(drawnSize(wide, 1, 1)).toEqual({ width: 2, height: 1 });
  expect(drawnSize({ width: 100, height: 300 }, 4, 1)).toEqual({ width: 1, height: 3 });
});

it('takes the middle unless somebody moves it', () => {
  expect(sourceRectangle(kUncropped, wide, 1)).toEqual({ left: 100, top: 0, width: 200, height: 200 });
});

it('moves the picture, not the frame', () => {
  expect(sourceRectangle({ x: 0.5, y: 0, zoom: 1 }, wide, 1).left).toBe(0);
  expect(sourceRectangle({ x: -0.5, y: 0, zoom: 1 }, wide, 1).left).toBe(200);
});

it.each([
  [{ x: 9, y: 9, zoom: 1 }, { x: 0.5, y: 0, zoom: 1 }],
  [{ x: -9, y: -9, zoom: 2 }, { x: -1.5, y: -0.5, zoom: 2 }],
  [{ x: 0, y: 0, zoom: 99 }, { x: 0, y: 0, zoom: kMostZoom }],
  [{ x: 0, y: 0, zoom: 0 }, kUncropped],
])('leaves no part of the frame empty: %o', (wanted, kept) => {
  const box = keptInside(wanted, wide, 1);
  expect(box.x).toBeCloseTo(kept.x);
  expect(box.y).toBeCloseTo(kept.y);
  expect(box.zoom).toBe(kept.zoom);
});

it('stays within the picture at every zoom', () => {
  for (const zoom of [1, 1.5, 4]) {
    for (const x of [-5, 0, 5]) {
      const cut = sourceRectangle(keptInside({ x, y: x, zoom }, wide, 4), wide, 4);
      expect(cut.left).toBeGreaterThanOrEqual(-1e-9);
      expect(cut.top).toBeGreaterThanOrEqual(-1e-9);
      expect(cut.left + cut.width).toBeLessThanOrEqual(wide.width + 1e-9);
      expect(cut.top + cut.height).toBeLessThanOrEqual(wide.height + 1e-9);
    }
  }
});
