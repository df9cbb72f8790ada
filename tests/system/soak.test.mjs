// `./dev soak`: one broadcast for a long time, with somebody who asks for its playlist, watched for what grows.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { ffmpeg } from './lib/encoders.mjs';
import { get } from './lib/hls.mjs';
import { media } from './lib/media.mjs';
import { serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';
import { pause } from './lib/until.mjs';

const kMinutes = Number(process.env.AE_SOAK_MINUTES ?? 30);
// The window of segments fills within its 44 s; from then on nothing may grow.
const kWarmUpMs = 60_000;

test(`soak: ${kMinutes} minutes of one broadcast grow neither memory nor descriptors`, { full: true, alone: true, timeoutMs: (kMinutes + 3) * 60_000 }, async (t) => {
    const { server, channel } = await serverFor(t);
    t.own(ffmpeg(server.publishUrl(channel), await media('onemegabit')));
    await server.liveStream('test');
    const master = await server.master('test');
    const look = async () => {
        assert.equal((await get(master)).status, 200);
        return { megabytes: server.residentMegabytes(), descriptors: readdirSync(`/proc/${server.pid}/fd`).length };
    };

    await pause(kWarmUpMs);
    const first = await look();
    const until = Date.now() + kMinutes * 60_000;
    let most = first;
    while (Date.now() < until) {
        await pause(2000);
        const now = await look();
        most = { megabytes: Math.max(most.megabytes, now.megabytes), descriptors: Math.max(most.descriptors, now.descriptors) };
    }
    t.note(`${first.megabytes.toFixed(1)} to at most ${most.megabytes.toFixed(1)} MB, ${first.descriptors} to at most ${most.descriptors} descriptors`);
    assert.ok(most.megabytes <= first.megabytes + 8, 'memory grew');
    assert.ok(most.descriptors <= first.descriptors + 8, 'descriptors leaked');
});
