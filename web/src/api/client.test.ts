import { expect, it, vi } from 'vitest';
import { addressOf, ApiError, getJson } from './client';

function answerWith(body: string, status: number) {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body, { status }));
}

it('answers the document', async () => {
  answerWith('{"items":[]}', 200);
  await expect(getJson('/api/streams')).resolves.toEqual({ items: [] });
});

it('turns a problem into its reason', async () => {
  answerWith('{"type":"about:blank","title":"Not Found","status":404,"detail":"No channel has this name.","code":"channel_not_found"}', 404);
  const error: unknown = await getJson('/api/channels/{slug}', { path: { slug: 'x' } }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 404, code: 'channel_not_found', message: 'No channel has this name.' });
});

it.each(['<html>Bad gateway</html>', 'null', '[]', ''])('makes a reason of an answer that gives none: %j', async (body) => {
  answerWith(body, 502);
  await expect(getJson('/api/streams')).rejects.toMatchObject({ status: 502, code: 'unexpected_answer', message: 'HTTP 502' });
});

it('calls silence unreachable', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  await expect(getJson('/api/streams')).rejects.toMatchObject({ status: 0, code: 'unreachable' });
});

it('lets its caller abort', async () => {
  const abort = new AbortController();
  abort.abort();
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new DOMException('aborted', 'AbortError'));
  await expect(getJson('/api/streams', { signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
});

it('writes addresses', () => {
  expect(addressOf('/api/site')).toBe('/api/site');
  expect(addressOf('/api/channels/{slug}', { slug: 'a/b c' })).toBe('/api/channels/a%2Fb%20c');
  expect(addressOf('/api/streams', {}, { status: 'LIVE', cursor: undefined, limit: 5 })).toBe('/api/streams?status=LIVE&limit=5');
});
