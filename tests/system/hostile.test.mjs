// Whatever arrives at the ports, nothing crashes and a broadcast beside it loses nothing.
import assert from 'node:assert/strict';
import { assemble, frameNumbers } from './lib/capture.mjs';
import { ffmpeg } from './lib/encoders.mjs';
import { firstVariant, PartWatcher } from './lib/hls.mjs';
import { hostileStreams, seeded, sendHostile } from './lib/hostile.mjs';
import { media } from './lib/media.mjs';
import { serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';
import { until } from './lib/until.mjs';

const kAtOnce = 48;

async function attack(t, wanted) {
    const material = await media('standard');
    const { server, channel } = await serverFor(t);
    const keys = [];
    for (let at = 0; at < 16; at++) keys.push((await server.createChannel(`Hostile ${at}`, `hostile-${at}`)).streamKey);
    t.own(ffmpeg(server.publishUrl(channel), material));
    const variant = await firstVariant(await server.master('test'));
    const watcher = t.own(new PartWatcher(variant.url));
    await until('the first parts', () => watcher.seconds > 1);
    const pid = server.pid;
    const memoryBefore = server.residentMegabytes();

    const seed = Number(process.env.AE_SEED ?? Date.now() % 1_000_000_000);
    const random = seeded(seed);
    const path = new URL(variant.url).pathname;
    const streams = hostileStreams(random, { keys, file: material.file, playlists: [path, `${path}?_HLS_msn=1`, `${path}?_HLS_msn=x&_HLS_part=99999999999`] });
    const ports = { rtmp: Number(new URL(server.rtmp.replace('rtmp:', 'http:')).port), http: Number(new URL(server.http).port) };
    let sent = 0;
    let connections = 0;
    const lane = async () => {
        while (sent < wanted && server.child.running) {
            const one = streams.next().value;
            sent += one.count;
            connections++;
            await sendHostile(one, { port: ports[one.port], from: `127.0.${random.below(4)}.${2 + random.below(200)}`, rude: random.below(3) === 0 });
        }
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: kAtOnce }, lane));
    const seconds = (performance.now() - began) / 1000;
    const mediaSeconds = watcher.seconds;
    await until('the broadcast goes on', () => watcher.seconds > mediaSeconds + 2);
    await watcher.stop();

    t.note(`seed ${seed}: ${sent} streams in ${connections} connections and ${seconds.toFixed(1)} s, ${watcher.parts.size} parts beside them, longest wait ${watcher.longestWaitMs.toFixed(0)} ms, memory ${memoryBefore.toFixed(0)} to ${server.residentMegabytes().toFixed(0)} MB`);
    assert.equal(server.child.running && server.pid, pid, server.log.slice(-3000));
    assert.deepEqual(watcher.problems, []);
    assert.deepEqual(watcher.missing(), []);
    assert.ok(watcher.discontinuities.size === 1, 'the timeline broke');
    if (watcher.seconds < 20) {  // longer than that is out of the window, and cannot be fetched again
        const numbers = await frameNumbers(await assemble(watcher));
        numbers.forEach((number, at) => assert.ok(at === 0 || number === (numbers[at - 1] + 1) % material.frames, `frame ${number} follows ${numbers[at - 1]}`));
    }
    assert.equal((await fetch(`${server.http}/healthz`)).status, 200);
    // The attack reached what it was meant for: both parsers refused, and some of it was let in and was media.
    assert.ok((await server.metric('aethex_ingest_refused_total')) > wanted / 50, 'hardly anything was refused by RTMP');
    assert.ok((await server.metric('aethex_http_refused_total')) > wanted / 50, 'hardly anything was refused by HTTP');
    assert.ok((await server.metric('aethex_ingest_frames_dropped_total')) > wanted / 50, 'hardly anything came in as media');
}

test('5 000 hostile byte streams disturb nothing', { timeoutMs: 180_000, alone: true }, (t) => attack(t, 5000));

test('100 000 hostile byte streams disturb nothing', { timeoutMs: 1_800_000, alone: true, full: true }, (t) => attack(t, 100_000));
