// Two publishers with one key.
import assert from 'node:assert/strict';
import { PartWatcher, firstVariant } from './lib/hls.mjs';
import { media } from './lib/media.mjs';
import { RtmpClient } from './lib/rtmp_client.mjs';
import { serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';
import { pause, until } from './lib/until.mjs';

async function liveFrom(t, server, channel, from) {
    const publisher = t.own(await RtmpClient.connect(server.rtmp, { from }));
    const status = await publisher.publish(channel.streamKey);
    assert.equal(status.code, 'NetStream.Publish.Start', status.description);
    publisher.send((await media('standard')).file);
    return publisher;
}

test('a second publisher from the same address takes over, and the viewers stay', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    const first = await liveFrom(t, server, channel, '127.0.0.2');
    const stream = await server.liveStream('test');
    const watcher = t.own(new PartWatcher((await firstVariant(await server.master('test'))).url));
    await until('3 s of the first', () => watcher.seconds > 3, { timeoutMs: 10_000 });

    await liveFrom(t, server, channel, '127.0.0.2');
    await until('the first is closed', () => first.socket.destroyed, { timeoutMs: 3000 });
    const before = watcher.seconds;
    await until('3 s of the second', () => watcher.seconds > before + 3, { timeoutMs: 10_000 });
    await watcher.stop();
    assert.deepEqual(watcher.problems, []);
    assert.deepEqual(watcher.missing(), []);
    assert.equal((await server.liveStream('test')).id, stream.id, 'it is another broadcast');
});

test('a second publisher from elsewhere is refused while the first is sending', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    const first = await liveFrom(t, server, channel, '127.0.0.2');
    await server.master('test');
    const second = t.own(await RtmpClient.connect(server.rtmp, { from: '127.0.0.3' }));
    const status = await second.publish(channel.streamKey);
    assert.equal(status.level, 'error');
    assert.match(status.description, /^[A-Z].*\.$/s);
    await pause(500);
    assert.equal(first.socket.destroyed, false, 'the first was cut off');
});

test('a second publisher from elsewhere takes over when the first has been silent for 2 s', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    const first = await liveFrom(t, server, channel, '127.0.0.2');
    await server.master('test');
    first.silence();
    await pause(2300);
    await liveFrom(t, server, channel, '127.0.0.3');
    await until('the first is closed', () => first.socket.destroyed, { timeoutMs: 3000 });
});

test('an encoder that resets its clock goes on with a discontinuity', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    const first = await liveFrom(t, server, channel, '127.0.0.2');
    const watcher = t.own(new PartWatcher((await firstVariant(await server.master('test'))).url, { keepPlaylists: true }));
    await until('3 s', () => watcher.seconds > 3, { timeoutMs: 10_000 });
    first.close();
    await pause(500);
    await liveFrom(t, server, channel, '127.0.0.2');
    const before = watcher.seconds;
    await until('3 s more', () => watcher.seconds > before + 3, { timeoutMs: 10_000 });
    await watcher.stop();
    assert.deepEqual(watcher.problems, []);
    assert.deepEqual(watcher.missing(), []);
    assert.match(watcher.playlists.at(-1), /#EXT-X-DISCONTINUITY\r?\n/);
});
