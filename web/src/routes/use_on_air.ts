import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { channelQuery, playbackQuery } from '@/api/queries';
import type { Channel } from '@/api/types';
import { useVisible } from '@/lib/use_visible';
import { prepareSource } from '@/player/load_sessions';
import { waitOnAir } from './on_air';

/**
 * While the channel is off air and somebody looks at its page: waits for it to begin, then lets the first media travel while the page
 * reads what there is to say about the broadcast. A hidden tab does not wait: browsers give a site six connections in all.
 */
export function useOnAir(slug: string, channel: Channel | null | undefined): void {
  const client = useQueryClient();
  const visible = useVisible();
  const waitingFor = visible && channel && !channel.stream ? channel.id : undefined;
  useEffect(() => {
    if (waitingFor === undefined) return undefined;
    const abort = new AbortController();
    void waitOnAir(waitingFor, abort.signal, (stream) => {
      prepareSource(undefined);
      // Whoever plays asks the same again, and hears what went wrong.
      client.query(playbackQuery(stream)).then(({ url }) => prepareSource(url), () => undefined);
      void client.refetchQueries({ queryKey: channelQuery(slug).queryKey });
    });
    return () => {
      abort.abort();
    };
  }, [client, slug, waitingFor]);
}
