import { QueryClient, type QueryKey } from '@tanstack/react-query';
import { siteQuery } from './queries';
import { ApiError } from './client';
import type { Site } from './types';

interface InitialData {
  site?: Site;
  queries?: { key: QueryKey; data: unknown }[];
}

function readInitialData(): InitialData {
  const text = document.getElementById('initial-data')?.textContent;
  if (!text) return {};
  try {
    return (JSON.parse(text) as InitialData | null) ?? {};
  } catch {
    return {};
  }
}

/** A query cache that already holds what the server wrote into the page, so that the first paint waits for no request. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        // An answer of the server is an answer; only silence is worth asking again.
        retry: (failures, error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 4000) * (0.75 + Math.random() / 2),
      },
    },
  });
  const initial = readInitialData();
  if (initial.site) client.setQueryData(siteQuery.queryKey, initial.site);
  for (const { key, data } of initial.queries ?? []) client.setQueryData(key, data);
  return client;
}
