import { useQuery } from '@tanstack/react-query';
import { liveStreamsQuery, siteQuery } from '@/api/queries';
import { useText } from '@/lib/intl';
import { GoLiveStrip } from '@/live/GoLiveStrip';
import { Landing } from '@/live/Landing';
import { StreamGrid, StreamGridLoading } from '@/live/StreamGrid';
import { Button } from '@/ui/Button';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

export function HomePage() {
  const text = useText();
  const site = useQuery(siteQuery);
  const live = useQuery(liveStreamsQuery);
  useTitle(text('title.home', { site: useSiteName() }));

  return (
    <div className="lamps">
      <div className="mx-auto max-w-7xl px-5 py-6 sm:px-8 sm:py-8">{contents()}</div>
    </div>
  );

  function contents() {
    if (live.data?.items.length === 0) return <Landing site={site.data} siteFailed={site.isError} />;
    return (
      <>
        <div className="mb-6 flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <h1 className="text-3xl font-semibold tracking-[-0.025em] sm:text-4xl">{text('home.live_now')}</h1>
          {live.data && <p className="text-soft">{text('home.count', { count: live.data.items.length })}</p>}
        </div>
        {live.data && <StreamGrid streams={live.data.items} />}
        {live.data && <GoLiveStrip site={site.data} />}
        {live.isPending && <StreamGridLoading />}
        {live.isLoadingError && (
          <div role="alert" className="flex flex-col items-start gap-4">
            <p className="text-soft">{text('error.list')}</p>
            <Button look="outline" onClick={() => void live.refetch()}>
              {text('action.retry')}
            </Button>
          </div>
        )}
      </>
    );
  }
}
