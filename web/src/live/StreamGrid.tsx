import type { Stream } from '@/api/types';
import { useText } from '@/lib/intl';
import { Skeleton } from '@/ui/Skeleton';
import { StreamCard } from './StreamCard';
import { StreamFeature } from './StreamFeature';

export function StreamGrid({ streams }: { streams: Stream[] }) {
  const only = streams.length === 1 ? streams[0] : undefined;
  if (only) return <StreamFeature stream={only} />;
  const few = streams.length === 2;
  return (
    <ul className={few ? 'grid gap-x-6 gap-y-9 md:grid-cols-2' : 'grid gap-x-5 gap-y-9 sm:grid-cols-2 xl:grid-cols-3 2xl:grid-cols-4'}>
      {streams.map((stream) => (
        <li key={stream.id}>
          <StreamCard stream={stream} wide={few} />
        </li>
      ))}
    </ul>
  );
}

export function StreamGridLoading() {
  const text = useText();
  return (
    <div role="status" aria-label={text('loading')} className="grid gap-x-5 gap-y-9 sm:grid-cols-2 xl:grid-cols-3">
      {[0, 1, 2].map((at) => (
        <div key={at}>
          <Skeleton className="aspect-video" />
          <Skeleton className="mt-3 h-5 w-3/4" />
          <Skeleton className="mt-2 h-4 w-1/3" />
        </div>
      ))}
    </div>
  );
}
