import type { QueryClient } from '@tanstack/react-query';
import { channelQuery, playbackQuery } from '@/api/queries';
import { prepareSource } from '@/player/load_sessions';
import { playableOf } from './source_of';

/**
 * A viewer who opens a channel waits for its picture, and for nothing else. So the player's code and the first media travel while
 * React is still drawing the page around them; the server has already written the address into the page.
 */
export function startEarly(client: QueryClient, path: string): void {
  const [, kind, slug] = /^\/(streams|embed)\/([^/]+)$/.exec(path) ?? [];
  if (slug === undefined) return;
  const channel = client.getQueryData(channelQuery(decodeURIComponent(slug)).queryKey);
  const stream = playableOf(channel);
  // A channel that is off air needs no player's code.
  if (stream ?? channel === undefined) prepareSource(undefined);
  // Whoever plays asks the same again, and hears what went wrong.
  if (stream) client.query(playbackQuery(stream.id)).then(({ url }) => prepareSource(url), () => undefined);
  // The router asks for the same module later and gets this one; a failure is reported there.
  (kind === 'embed' ? import('./EmbedPage') : import('./StreamPage')).catch(() => undefined);
}
