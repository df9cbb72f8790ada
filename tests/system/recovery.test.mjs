// The server dies, or is asked to stop, in the middle of a broadcast.
import assert from 'node:assert/strict';
import { judgeSightings } from './lib/barcode.mjs';
import { ChromiumBrowser } from './lib/browser_chromium.mjs';
import { ffmpeg } from './lib/encoders.mjs';
import { firstVariant, get, parseMedia, PartWatcher } from './lib/hls.mjs';
import { media } from './lib/media.mjs';
import { playerState, sightings, startWatching, waitForState } from './lib/page.mjs';
import { freePort } from './lib/processes.mjs';
import { RtmpClient } from './lib/rtmp_client.mjs';
import { Server, serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';
import { pause, until } from './lib/until.mjs';

/** The ports are fixed, for who comes back must find them again. */
async function serverOnFixedPorts(t) {
    const [http, rtmp] = [await freePort(), await freePort()];
    const server = t.own(await Server.start(t.folder(), { 'http.listen': `127.0.0.1:${http}`, 'rtmp.listen': `127.0.0.1:${rtmp}` }));
    return { server, channel: await server.createChannel() };
}

test('after kill -9 the encoder reconnects and the open page plays on without a reload', { alone: true, timeoutMs: 120_000 }, async (t) => {
    const standard = await media('standard');
    const { server, channel } = await serverOnFixedPorts(t);
    t.own(ffmpeg(server.publishUrl(channel), standard, { reconnects: true }));
    await server.liveStream('test');
    const browser = t.own(await ChromiumBrowser.start());
    const page = await browser.newPage();
    await page.open(server.page('test'));
    await startWatching(page);
    await page.evaluate(() => (window.sameDocument = true));
    await pause(3000);

    await server.kill9();
    const died = performance.now();
    await server.start();
    t.note(`ready after ${server.startedInMs.toFixed(0)} ms`);
    assert.ok(server.startedInMs < 1000, `ready after ${server.startedInMs} ms`);
    await server.liveStream('test', 20_000);
    await until('the player has noticed', async () => (await playerState(page)).state !== 'live', { timeoutMs: 10_000 });
    // A player that began anew counts its media time from zero: only that it rises, while live, means that the picture moves.
    let last = Infinity;
    await until('the picture moves again', async () => {
        const { state, time } = await playerState(page);
        const rises = state === 'live' && time > last;
        last = time;
        return rises;
    }, { timeoutMs: 30_000 });
    t.note(`the picture moved again after ${((performance.now() - died) / 1000).toFixed(1)} s`);

    const from = (await sightings(page)).seen.length;
    await pause(5000);
    const judged = judgeSightings((await sightings(page)).seen.slice(from), standard.frames);
    assert.ok(judged.span >= 120, `the numbers ran over ${judged.span} frames in 5 s`);
    assert.equal(await page.evaluate(() => window.sameDocument), true, 'the page was reloaded');
    // The browser itself writes a line for every request that a dead server does not answer; the page may write none.
    assert.deepEqual(page.problems.filter((problem) => !/net::ERR_|Failed to load resource/.test(problem)), []);
});

test('media sequence numbers rise and addresses are new after kill -9 and after a restart', { timeoutMs: 90_000 }, async (t) => {
    const { server, channel } = await serverOnFixedPorts(t);
    t.own(ffmpeg(server.publishUrl(channel), await media('standard'), { reconnects: true }));
    const look = async () => {
        const { url } = await firstVariant(await server.master('test'));
        return parseMedia(await until('a playlist with parts', async () => {
            const { status, body } = await get(url);
            return status === 200 && body.toString().includes('#EXT-X-PART:') && body.toString();
        }), url);
    };
    let before = await look();
    assert.ok(before.msn >= 1);
    for (const way of ['kill9', 'close']) {
        await pause(2500);
        before = await look();
        await server[way]();
        await server.start();
        const after = await look();
        assert.ok(after.msn >= before.next.msn, `the media sequence went from ${before.next.msn} to ${after.msn} by ${way}`);
        assert.ok(after.dsn >= before.dsn, `the discontinuity sequence went from ${before.dsn} to ${after.dsn} by ${way}`);
        const known = new Set(before.parts.map(({ url }) => new URL(url).pathname));
        assert.equal(after.parts.filter(({ url }) => known.has(new URL(url).pathname)).length, 0, 'an address is used twice');
    }
});

test('SIGTERM ends a broadcast in order and within its deadline', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    const publisher = t.own(await RtmpClient.connect(server.rtmp));
    assert.equal((await publisher.publish(channel.streamKey)).code, 'NetStream.Publish.Start');
    publisher.send((await media('standard')).file);
    const watcher = t.own(new PartWatcher((await firstVariant(await server.master('test'))).url));
    await until('2 s of media', () => watcher.seconds > 2);
    const began = performance.now();
    await server.close();
    const took = performance.now() - began;
    t.note(`stopped within ${took.toFixed(0)} ms`);
    assert.ok(took < 10_000, `the stop took ${took} ms`);
    assert.equal(server.child.code, 0);
});

test('a second server on the same data folder is refused', {}, async (t) => {
    const { server } = await serverFor(t);
    const { code, out, err } = await server.cli('serve', '--http.listen', '127.0.0.1:0', '--rtmp.listen', '127.0.0.1:0');
    assert.notEqual(code, 0);
    assert.match(out + err, /data/i);
    assert.equal((await fetch(`${server.http}/healthz`)).status, 200);
});

test('the player says that the channel went offline when the broadcast ends', { alone: true, timeoutMs: 90_000 }, async (t) => {
    const { server, channel } = await serverFor(t);
    const publisher = t.own(await RtmpClient.connect(server.rtmp));
    await publisher.publish(channel.streamKey);
    publisher.send((await media('standard')).file);
    await server.liveStream('test');
    const browser = t.own(await ChromiumBrowser.start());
    const page = await browser.newPage();
    await page.open(server.page('test'));
    await waitForState(page, 'live', 30_000);
    publisher.silence();
    publisher.command(0, 'FCUnpublish', null, channel.streamKey);
    publisher.command(0, 'deleteStream', null, publisher.messageStream);
    await until('the player has seen the end', async () => ['ended', 'offline'].includes((await playerState(page)).state), { timeoutMs: 30_000 });
    assert.deepEqual(page.problems, []);
});
