import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { waitOnAir } from './on_air';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Answers one after the other; after the last one nothing comes any more. */
function answerWith(...answers: (Response | Error)[]) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation(() => {
    const next = answers.shift();
    if (next === undefined) return new Promise(() => undefined);
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
}

const onAir = () => Response.json({ stream: 's1', hlsUrl: '/hls/s1/master.m3u8' });
const nothingYet = () => new Response(null, { status: 204 });

it('asks again when the server held the question as long as it may', async () => {
  const asked = answerWith(nothingYet(), nothingYet(), onAir());
  const found = vi.fn();
  void waitOnAir('c1', new AbortController().signal, found);
  await vi.advanceTimersByTimeAsync(10);
  expect(found).toHaveBeenCalledExactlyOnceWith('s1');
  expect(asked.mock.calls.map(([address]) => address)).toEqual(Array(3).fill('/api/channels/c1/on-air'));
});

it('waits longer and longer while the server cannot be reached', async () => {
  const asked = answerWith(new TypeError('Failed to fetch'), new Response(null, { status: 503 }), onAir());
  const found = vi.fn();
  void waitOnAir('c1', new AbortController().signal, found);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(found).toHaveBeenCalledOnce();
});

it('asks no more after an abort', async () => {
  const asked = answerWith(onAir(), onAir(), onAir());
  const abort = new AbortController();
  const done = waitOnAir('c1', abort.signal, () => {
    abort.abort();
  });
  await vi.advanceTimersByTimeAsync(5000);
  await done;
  expect(asked).toHaveBeenCalledOnce();
});

it('does not ask in a hurry when the page and this answer disagree', async () => {
  const asked = answerWith(...Array.from({ length: 50 }, onAir));
  void waitOnAir('c1', new AbortController().signal, () => undefined);
  await vi.advanceTimersByTimeAsync(3500);
  expect(asked).toHaveBeenCalledTimes(4);
});
