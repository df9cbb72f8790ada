import type { OpenSession } from './session';

let loading: Promise<OpenSession> | undefined;

/** The code that plays, fetched once. Called as early as somebody is likely to need it. */
export function loadSessions(): Promise<OpenSession> {
  loading ??= import('./hls_session').then(
    ({ openSession }) => openSession,
    (error: unknown) => {
      // The next attempt asks the network again.
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
