// The first broadcast: a real encoder in, a moving picture in real browsers.
import assert from 'node:assert/strict';
import { judgeSightings } from './lib/barcode.mjs';
import { ChromiumBrowser } from './lib/browser_chromium.mjs';
import { FirefoxBrowser } from './lib/browser_firefox.mjs';
import { WebKitBrowser } from './lib/browser_webkit.mjs';
import { ffmpeg } from './lib/encoders.mjs';
import { firstVariant, get, parseMedia } from './lib/hls.mjs';
import { media } from './lib/media.mjs';
import { loudness, playerState, sightings, startWatching } from './lib/page.mjs';
import { run } from './lib/processes.mjs';
import { serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';
import { pause, until } from './lib/until.mjs';

test('ffprobe plays what ffmpeg publishes', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    t.own(ffmpeg(server.publishUrl(channel), await media('standard')));
    const master = await server.master('test');
    const { url } = await firstVariant(master);
    await until('a whole segment, for ffprobe knows nothing of parts', async () => parseMedia((await get(url)).body.toString(), url).segments.length > 0);
    const found = JSON.parse(await run('ffprobe', ['-v', 'error', '-show_streams', '-show_packets', '-read_intervals', '%+4', '-of', 'json', master]));
    // ffprobe opens every variant; the sound may also be one by itself.
    assert.deepEqual([...new Set(found.streams.map((stream) => stream.codec_name))].sort(), ['aac', 'h264']);
    assert.ok(found.packets.length > 100, `only ${found.packets.length} packets`);
});

async function watchInChromium(t, seconds) {
    const standard = await media('standard');
    const { server, channel } = await serverFor(t);
    t.own(ffmpeg(server.publishUrl(channel), standard));
    await server.liveStream('test');
    const browser = t.own(await ChromiumBrowser.start());
    const page = await browser.newPage();
    await page.open(server.page('test'));
    await startWatching(page);
    await pause(2000);  // the first buffer fills; what counts is the watching after it
    const before = await playerState(page);
    const from = (await sightings(page)).seen.length;
    await pause(seconds * 1000);
    const watched = await sightings(page);
    const after = await playerState(page);

    const seen = watched.seen.slice(from);
    const judged = judgeSightings(seen, standard.frames);
    t.note(`${(judged.share * 100).toFixed(1)} % of ${judged.span} frames, ${after.latencyMs} ms behind`);
    assert.ok(judged.span >= seconds * 30 * 0.95, `the numbers ran over ${judged.span} frames in ${seconds} s`);
    assert.ok(judged.share >= 0.95, `only ${judged.distinct} of ${judged.span} frames were seen`);
    assert.equal(judged.back, 0, 'the numbers went back');
    assert.ok(watched.unreadable <= seen.length * 0.01, `${watched.unreadable} pictures could not be read`);
    assert.equal(after.state, 'live');
    assert.equal(after.stalls, before.stalls, 'the player stalled');

    // A key is a gesture, without which no browser lets a page make a sound.
    if (after.muted) await page.page.keyboard.press('m');
    else await page.page.keyboard.press('Shift');
    assert.equal((await playerState(page)).muted, false);
    const peak = await loudness(page);
    assert.ok(peak > 0.05, `the sound's peak is ${peak}`);
    assert.deepEqual(page.problems, []);
}

test('Chromium shows at least 95 % of the frames of a minute, with sound and without a stall', { alone: true, timeoutMs: 150_000 }, (t) => watchInChromium(t, 60));

test('Chromium plays ten minutes without a stall', { alone: true, full: true, timeoutMs: 700_000 }, (t) => watchInChromium(t, 600));

// These two decode and draw in software here, and skip pictures when they are late; that it moves on without a break is what they show.
async function watchJourney(t, Browser) {
    const material = await media('onemegabit');
    const { server, channel } = await serverFor(t);
    t.own(ffmpeg(server.publishUrl(channel), material));
    await server.liveStream('test');
    const browser = t.own(await Browser.start());
    const page = await browser.newPage();
    await page.open(server.page('test'));
    await startWatching(page);
    const from = (await sightings(page)).seen.length;
    await pause(10_000);
    const watched = await sightings(page);
    const judged = judgeSightings(watched.seen.slice(from), material.frames);
    const after = await playerState(page);
    t.note(`${(judged.share * 100).toFixed(1)} % of ${judged.span} frames, ${after.latencyMs} ms behind`);
    assert.ok(judged.span >= 10 * 30 * 0.9, `the numbers ran over ${judged.span} frames in 10 s`);
    const breaks = watched.seen.slice(from).map(({ at }, index, all) => (index === 0 ? 0 : at - all[index - 1].at));
    assert.ok(Math.max(...breaks) < 1500, `the picture stood still for ${Math.max(...breaks)} ms`);
    assert.equal(judged.back, 0, 'the numbers went back');
    assert.equal(after.state, 'live');
    assert.equal(after.error, null);
    await page.collectProblems?.();
    assert.deepEqual(page.problems, []);
}

test('Firefox plays the watch page', { alone: true, timeoutMs: 120_000 }, (t) => watchJourney(t, FirefoxBrowser));

test('WebKitGTK plays the watch page', { alone: true, timeoutMs: 120_000 }, (t) => watchJourney(t, WebKitBrowser));
