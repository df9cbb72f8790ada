import type { Quality } from './session';

/** "1080p60", "720p". The usual 24 to 30 pictures a second go without saying. */
export function qualityLabel(quality: Pick<Quality, 'height' | 'frameRate'>): string {
  return quality.frameRate > 31 ? `${quality.height}p${Math.round(quality.frameRate)}` : `${quality.height}p`;
}
