import type { Stream } from '@/api/types';
import { SlugArt } from '@/ui/SlugArt';

/** What a broadcast looks like from outside: its thumbnail, or the drawing that its channel always has. */
export function StreamPicture({ stream, className }: { stream: Stream; className: string }) {
  if (stream.thumbnailUrl === null) return <SlugArt slug={stream.channel.slug} className={className} />;
  return <img src={stream.thumbnailUrl} alt="" loading="lazy" decoding="async" className={className} />;
}
