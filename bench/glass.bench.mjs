// What a person waits for, in Chromium: from the encoder's glass to the viewer's, from going live to the first picture, and from
// opening a channel that is live to the first picture. Ours on our page, nginx-rtmp HLS at its best setting on a bare hls.js page.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { watchBarcodeInPage } from '../tests/system/lib/barcode.mjs';
import { ChromiumBrowser } from '../tests/system/lib/browser_chromium.mjs';
import { flvTags } from '../tests/system/lib/flv.mjs';
import { media } from '../tests/system/lib/media.mjs';
import { pause, until } from '../tests/system/lib/until.mjs';
import { Nginx } from './lib/nginx.mjs';
import { alternate, kServerSide, kSmoke, ourServer, percentile, raiseSessions, replay, report, rounded, withThings } from './lib/runs.mjs';

const kSeconds = kSmoke ? 3 : 20;
const settings = { picture: '1280x720 30/s', bitrate: '2.6 Mbit/s', tls: false, browser: 'Chromium', encoder: 'none: a prepared stream is replayed, so encoding time is not in it' };

/** When a frame was sent, by its number; the clip goes round. */
function timesOf(material, origin) {
    const stamps = flvTags(material.file).filter(({ type, payload }) => type === 9 && payload[1] === 1).map(({ timestamp }) => timestamp);
    const lapMs = Math.max(...flvTags(material.file).map(({ timestamp }) => timestamp)) + 33;
    return (number, seenAt) => {
        const lap = Math.round((seenAt - 1000 - origin - stamps[number]) / lapMs);
        return origin + Math.max(lap, 0) * lapMs + stamps[number];
    };
}

async function openWatching(browser, url) {
    const page = await browser.newPage();
    await page.page.addInitScript(`(() => {
        const watch = ${watchBarcodeInPage};
        const look = () => document.querySelector('video') ? watch('video') : setTimeout(look, 5);
        look();
    })()`);
    await page.open(url);
    return page;
}

const firstSight = (page) => until('a picture', () => page.evaluate(() => window.barcode?.seen[0]), { timeoutMs: 30_000, everyMs: 20 });

/** One run on either side: `publishUrl` to send to, `pageUrl` to watch at. */
async function watch(things, { material, publishUrl, pageUrl }) {
    const browser = things.own(await ChromiumBrowser.start());
    raiseSessions();
    const waiting = await openWatching(browser, pageUrl);
    await pause(1500);
    const replayer = await replay(things, material.file, [publishUrl], kSeconds + 60);
    const first = await firstSight(waiting);
    const firstPictureMs = first.at - replayer.origin;

    await pause(4000);
    const from = await waiting.evaluate(() => window.barcode.seen.length);
    await pause(kSeconds * 1000);
    const { seen } = await waiting.evaluate(() => window.barcode);
    const sentAt = timesOf(material, replayer.origin);
    const delays = seen.slice(from).map(({ number, at }) => at - sentAt(number, at));
    await waiting.close();

    const joins = [];
    for (let join = 0; join < (kSmoke ? 1 : 3); join++) {
        const page = await openWatching(browser, pageUrl);
        const { at } = await firstSight(page);
        joins.push(at - (await page.evaluate(() => performance.timeOrigin)));
        await page.close();
        await pause(700);
    }
    return {
        glass_ms_p50: rounded(percentile(delays, 0.5)), glass_ms_p95: rounded(percentile(delays, 0.95)), frames: delays.length,
        first_picture_ms: rounded(firstPictureMs), join_ms: rounded(percentile(joins, 0.5)), join_ms_all: joins.map((ms) => rounded(ms)),
    };
}

const kPeerPage = `<!doctype html><title>peer</title><video muted playsinline autoplay width="1280"></video><script src="/hls.min.js"></script><script>
    const video = document.querySelector('video');
    const begin = () => fetch('/hls/test.m3u8', { cache: 'no-store' }).then((answer) => {
        if (!answer.ok) return setTimeout(begin, 100);
        const hls = new Hls({ liveSyncDurationCount: 1, liveMaxLatencyDurationCount: 3, maxLiveSyncPlaybackRate: 1.5, lowLatencyMode: true, manifestLoadingMaxRetry: 20 });
        hls.loadSource('/hls/test.m3u8');
        hls.attachMedia(video);
        hls.on('hlsManifestParsed', () => video.play());
    });
    begin();
</script>`;

await alternate(
    () => withThings(async (things) => {
        const server = await ourServer(things);
        const channel = await server.createChannel();
        const figures = await watch(things, { material: await media('standard'), publishUrl: server.publishUrl(channel), pageUrl: server.page('test') });
        report('glass', 'aethex', figures, { ...settings, gop_seconds: 2, part_seconds: 0.2 });
    }),
    () => withThings(async (things) => {
        const root = path.join(things.folder, 'www');
        mkdirSync(root);
        writeFileSync(path.join(root, 'index.html'), kPeerPage);
        copyFileSync(createRequire(new URL('../tests/system/run.mjs', import.meta.url)).resolve('hls.js/dist/hls.min.js'), path.join(root, 'hls.min.js'));
        const nginx = things.own(await Nginx.start(things.folder, { root, hls: '1s', prefix: kServerSide }));
        raiseSessions();
        const figures = await watch(things, { material: await media('gop1s'), publishUrl: `${nginx.rtmp}/test`, pageUrl: `${nginx.http}/index.html` });
        report('glass', 'nginx-rtmp', figures, { ...settings, gop_seconds: 1, fragment_seconds: 1 });
    }, { memory: true }),
);
