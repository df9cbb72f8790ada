import { addressOf } from '@/api/client';
import { backoffMs } from '@/player/backoff';

/** An answer that says "on air" is believed at most this often: the page reads the channel anew each time. */
const kBetweenMs = 1000;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The stream of a channel that is on air; null when the server has held the request as long as it may. */
async function ask(channel: string, signal: AbortSignal): Promise<string | null> {
  const answer = await fetch(addressOf('/api/channels/{id}/on-air', { id: channel }), { signal });
  if (answer.status === 204) return null;
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return ((await answer.json()) as { stream: string }).stream;
}

/** Waits for the channel to go on air until aborted; the server holds the question, so that its viewers hear of it at once. */
export async function waitOnAir(channel: string, signal: AbortSignal, found: (stream: string) => void): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const stream = await ask(channel, signal);
      failures = 0;
      if (stream === null) continue;
      found(stream);
      await pause(kBetweenMs, signal);
    } catch {
      // Unreachable, or going down. An abort ends the loop.
      await pause(backoffMs(failures++, Math.random), signal);
    }
  }
}
