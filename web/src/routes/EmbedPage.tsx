import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { channelQuery } from '@/api/queries';
import { useText } from '@/lib/intl';
import { HLSPlayer } from '@/player/HLSPlayer';
import { Logo } from '@/ui/Logo';
import { SlugArt } from '@/ui/SlugArt';
import { useSource } from './source_of';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

/** The player alone, for other people's pages, with a way to the real one. */
export function EmbedPage() {
  const text = useText();
  const { slug } = useParams({ from: '/embed/$slug' });
  const channel = useQuery(channelQuery(slug));
  const source = useSource(channel.data);
  const site = useSiteName();
  const name = channel.data?.name ?? slug;
  const title = [channel.data?.stream?.title].find((each) => each) ?? text('channel.untitled', { name });
  useTitle(text('title.channel_offline', { name, site }));

  if (channel.data === null) {
    return (
      <main className="grid h-dvh place-items-center bg-black p-6 text-center text-white">
        <h1 className="text-lg font-semibold">{text('not_found.channel_title')}</h1>
      </main>
    );
  }
  return (
    <main className="group relative h-dvh bg-black">
      <h1 className="sr-only">{title}</h1>
      <HLSPlayer
        title={title}
        name={name}
        source={source}
        soundOnly={channel.data?.stream?.hasVideo === false}
        backdrop={<SlugArt slug={slug} className="size-full" />}
      />
      <a
        href={`/streams/${encodeURIComponent(slug)}`}
        target="_blank"
        rel="noopener"
        className="absolute top-3 left-3 inline-flex min-h-9 items-center gap-2 rounded-lg bg-black/65 px-3 text-sm font-medium text-white opacity-0 backdrop-blur-sm transition-opacity group-hover:opacity-100 focus-visible:opacity-100 touch:opacity-100 [&_.fill-ink]:fill-white"
      >
        <Logo className="size-4" />
        {text('embed.watch_on', { name, site })}
      </a>
    </main>
  );
}
