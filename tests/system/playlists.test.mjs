// What is served, judged by hls.js's own parser and by our strict linter.
import assert from 'node:assert/strict';
import { watchFor } from './lib/capture.mjs';
import { ffmpeg } from './lib/encoders.mjs';
import { get, parseMedia } from './lib/hls.mjs';
import { lint, parseWithHlsJs } from './lib/judge.mjs';
import { kVariants, media } from './lib/media.mjs';
import { serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';

for (const name of ['standard', 'bframes', 'fps60', 'vfr', 'audio44100', 'audioonly', 'videoonly']) {
    assert.ok(kVariants[name]);
    test(`every playlist of the ${name} broadcast passes hls.js and the linter`, {}, async (t) => {
        const { server, channel } = await serverFor(t);
        t.own(ffmpeg(server.publishUrl(channel), await media(name)));
        const watcher = await watchFor(server, 'test', 12, { keepPlaylists: true });
        assert.deepEqual(watcher.problems, []);
        for (const text of watcher.playlists) parseWithHlsJs(text, watcher.url);
        await lint(watcher.playlists);
        const master = await get(await server.master('test'));
        parseWithHlsJs(master.body.toString(), server.http);
        await lint([master.body.toString()], 'master');
        t.note(`${watcher.playlists.length} playlists`);
    });
}

test('a playlist answers as the standard asks: old requests at once, far ones with 400, a gone part with 404 or 410', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    t.own(ffmpeg(server.publishUrl(channel), await media('standard')));
    const watcher = await watchFor(server, 'test', 5);
    const list = parseMedia((await get(watcher.url)).body.toString(), watcher.url);

    const old = await get(`${watcher.url}?_HLS_msn=${list.msn}&_HLS_part=0`, { timeoutMs: 1000 });
    assert.equal(old.status, 200);
    assert.equal((await get(`${watcher.url}?_HLS_msn=${list.next.msn + 5}`, { timeoutMs: 1000 })).status, 400);
    assert.equal((await get(`${watcher.url}?_HLS_part=1`, { timeoutMs: 1000 })).status, 400, 'a part without a media sequence number');

    const blocked = await get(`${watcher.url}?_HLS_msn=${list.next.msn}&_HLS_part=${list.next.part}`);
    const newer = parseMedia(blocked.body.toString(), watcher.url);
    assert.ok(newer.next.msn > list.next.msn || newer.next.part > list.next.part, 'the blocked answer has nothing new');

    const part = list.parts.at(-1);
    const stale = part.url.replace(/\d+(?=\D*$)/, '999999');
    assert.ok([400, 404, 410].includes((await get(stale, { timeoutMs: 1000 })).status), `${stale} was answered`);
});

test('a playlist is gzipped for who asks, never cached, and open to other sites; a part may be kept for ever', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    t.own(ffmpeg(server.publishUrl(channel), await media('standard')));
    const watcher = await watchFor(server, 'test', 3);
    const playlist = await get(watcher.url, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(playlist.headers['content-encoding'], 'gzip');
    assert.equal(playlist.headers['content-type'], 'application/vnd.apple.mpegurl');
    assert.match(playlist.headers['cache-control'] ?? '', /no-cache|no-store|max-age=[01]\b/);
    assert.equal(playlist.headers['access-control-allow-origin'], '*');
    assert.equal(playlist.headers.age, undefined);
    const [part] = [...watcher.parts.values()].slice(-1);
    const media_ = await get(part.url);
    assert.match(media_.headers['cache-control'], /immutable/);
    assert.match(media_.headers['content-type'], /^video\/(mp4|iso\.segment)$/);
    assert.equal(media_.headers['set-cookie'], undefined);
});
