import type { OpenSession } from './session';

let loading: Promise<typeof import('./hls_session')> | undefined;

function load(): Promise<typeof import('./hls_session')> {
  loading ??= import('./hls_session').catch((error: unknown) => {
    // The next attempt asks the network again.
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The code that plays, fetched once, and only where there is something to play. */
export async function loadSessions(): Promise<OpenSession> {
  return (await load()).openSession;
}

/** Somebody will want to play, perhaps this address: fetch the code, and let it begin with the playlist. */
export function prepareSource(url: string | undefined): void {
  load().then(
    ({ prepareSession }) => {
      if (url !== undefined) prepareSession(url);
    },
    // Whoever plays will ask again, and hear of it.
    () => undefined,
  );
}
