import { expect, it } from 'vitest';
import { qualityLabel } from './quality_label';

it.each([
  [{ height: 1080, frameRate: 60 }, '1080p60'],
  [{ height: 1080, frameRate: 59.94 }, '1080p60'],
  [{ height: 720, frameRate: 30 }, '720p'],
  [{ height: 720, frameRate: 0 }, '720p'],
])('names %j', (quality, name) => {
  expect(qualityLabel(quality)).toBe(name);
});
