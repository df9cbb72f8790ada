// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { createQueryClient } from './initial_data';
import { channelQuery, siteQuery } from './queries';

function writePage(text: string) {
  document.body.innerHTML = `<script type="application/json" id="initial-data">${text}</script>`;
}

afterEach(() => {
  document.body.innerHTML = '';
});

it('takes what the server wrote into the page', () => {
  writePage('{"site":{"name":"Lighthouse"},"queries":[{"key":["channel","nobody"],"data":null}]}');
  const client = createQueryClient();
  expect(client.getQueryData(siteQuery.queryKey)?.name).toBe('Lighthouse');
  expect(client.getQueryState(channelQuery('nobody').queryKey)).toMatchObject({ status: 'success', data: null });
});

it.each(['', '{', 'null', '[]'])('starts empty from %j', (text) => {
  writePage(text);
  expect(createQueryClient().getQueryCache().getAll()).toEqual([]);
});
