import type { Cropped } from './ImageCrop';

// Enough for every size that the server makes of it.
const kMostPixels = 2048;
const kQuality = 0.92;

/** The cut part as a file to send. The server decodes and writes it anew, so this one only has to be good enough. */
export function cutPicture({ picture, left, top, width, height }: Cropped): Promise<Blob> {
  const scale = Math.min(1, kMostPixels / width);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the browser could not write the picture'))), 'image/webp', kQuality);
  });
}

/** A chosen file as a picture; null when the browser cannot read it as one. */
export async function openPicture(file: File): Promise<HTMLImageElement | null> {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  return picture.decode().then(
    () => picture,
    () => {
      URL.revokeObjectURL(picture.src);
      return null;
    },
  );
}
