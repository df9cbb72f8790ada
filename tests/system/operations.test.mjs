// What the server says about itself, and what its owner can do from the command line.
import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ffmpeg } from './lib/encoders.mjs';
import { media } from './lib/media.mjs';
import { kServerProgram } from './lib/places.mjs';
import { run } from './lib/processes.mjs';
import { Server, serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';

test('the metrics pass promtool while a broadcast runs', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    t.own(ffmpeg(server.publishUrl(channel), await media('standard')));
    await server.master('test');
    const text = await server.metrics();
    await run('promtool', ['check', 'metrics'], { input: text });
    assert.match(text, /^aethex_[a-z_]+(\{.*\})? [0-9.e+-]+$/m);
    assert.ok(!text.includes(channel.streamKey) && !text.includes(channel.id), 'a label carries a key or an id');
});

test('health and readiness answer, and readiness waits for nothing that healthz needs', {}, async (t) => {
    const { server } = await serverFor(t);
    assert.equal((await fetch(`${server.http}/healthz`)).status, 200);
    assert.equal((await fetch(`${server.http}/readyz`)).status, 200);
});

test('a channel can be made with and without a running server', {}, async (t) => {
    const server = t.own(await Server.start(t.folder()));
    const running = await server.createChannel('With a server', 'with');
    assert.match(running.rtmpUrl, /^rtmp:\/\/.+\/live/);
    assert.ok(running.streamKey.length >= 27, 'a key of less than 160 bits');
    assert.equal(statSync(path.join(server.data, 'admin.sock')).mode & 0o777, 0o600);
    await server.close();
    const alone = await server.createChannel('Without a server', 'without');
    assert.notEqual(alone.streamKey, running.streamKey);
    await server.start();
    assert.equal((await server.json('/api/channels/with')).slug, 'with');
    assert.equal((await server.json('/api/channels/without')).slug, 'without');
    const again = await server.cli('channel', 'create', 'Once more', '--slug', 'with', '--json');
    assert.notEqual(again.code, 0);
    assert.match(again.err, /slug/i);
});

test('all mistakes in the settings are reported at once', {}, async (t) => {
    const folder = t.folder();
    const file = path.join(folder, 'aethex.toml');
    writeFileSync(file, 'no_such_key = 1\n[http]\nheader_timeout = "soon"\nno_such_setting = true\n');
    const { code, out, err } = await run(kServerProgram, ['config', 'check', '--data', folder, '--config', file], { expect: null });
    assert.notEqual(code, 0);
    for (const word of ['no_such_key', 'no_such_setting', 'http.header_timeout']) assert.ok((out + err).includes(word), `${word} is not reported:\n${out}${err}`);
});

test('an error is a problem with a code, and an unknown channel is not found', {}, async (t) => {
    const { server } = await serverFor(t);
    const answer = await fetch(`${server.http}/api/channels/nobody`);
    assert.equal(answer.status, 404);
    assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
    const problem = await answer.json();
    assert.equal(problem.status, 404);
    assert.match(problem.code, /^[a-z_]+$/);
});

test('no answer of the programming interface shows a stream key', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    t.own(ffmpeg(server.publishUrl(channel), await media('standard')));
    const master = await server.master('test');
    const stream = await server.liveStream('test');
    for (const route of ['/', '/api/streams?status=LIVE', '/api/channels/test', `/api/streams/${stream.id}/hls`, `/${stream.id}.m3u8`, '/streams/test', '/api/openapi.json', new URL(master).pathname]) {
        const answer = await fetch(server.http + route);
        assert.ok(answer.ok, `${route} gave ${answer.status}`);
        assert.ok(!(await answer.text()).includes(channel.streamKey), `${route} shows the key`);
    }
    assert.ok(!server.log.includes(channel.streamKey), 'the log shows the key');
});

test('an idle server is small and starts fast', { alone: true }, async (t) => {
    const server = t.own(await Server.start(t.folder()));
    await server.close();
    await server.start();  // the first start also makes the database
    t.note(`${server.residentMegabytes().toFixed(1)} MB, ready in ${server.startedInMs.toFixed(0)} ms`);
    // A sanitizer's shadow is memory of its own.
    const allowance = ['asan', 'tsan'].includes(process.env.AE_PRESET) ? 10 : 1;
    assert.ok(server.residentMegabytes() <= 60 * allowance, `${server.residentMegabytes()} MB`);
    assert.ok(server.startedInMs <= 1000 * allowance, `${server.startedInMs} ms`);
});
