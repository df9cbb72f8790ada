// Who may not publish is told why, in words that an encoder shows its user.
import assert from 'node:assert/strict';
import { ffmpeg } from './lib/encoders.mjs';
import { media } from './lib/media.mjs';
import { RtmpClient } from './lib/rtmp_client.mjs';
import { serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';

async function tryToPublish(server, key, options) {
    const began = performance.now();
    const client = await RtmpClient.connect(server.rtmp, options);
    try {
        return { ...(await client.publish(key)), ms: performance.now() - began };
    } finally {
        client.close();
    }
}

function assertRefused(status, code = /NetStream\.Publish\.(BadName|Denied|Rejected|Failed|Unauthorized)|NetConnection\.Connect\.Rejected/) {
    assert.equal(status.level, 'error');
    assert.match(status.code, code);
    assert.match(status.description, /^[A-Z].{15,}\.$/s, `"${status.description}" is not a sentence`);
}

test('a wrong key, no key and a key of a deleted channel are refused with a sentence', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    const wrong = await tryToPublish(server, 'not-a-key-of-anybody', { from: '127.0.0.2' });
    assertRefused(wrong);
    const none = await tryToPublish(server, '', { from: '127.0.0.3' });
    assertRefused(none);
    assert.notEqual(none.description, wrong.description, 'no key and a wrong key are different mistakes');

    const { code, err } = await server.cli('channel', 'delete', channel.slug);
    assert.equal(code, 0, err);
    assertRefused(await tryToPublish(server, channel.streamKey, { from: '127.0.0.4' }));
    assert.ok(!server.log.includes(channel.streamKey), 'the key is in the log');
});

test('ffmpeg shows the reason of a refusal', {}, async (t) => {
    const { server } = await serverFor(t);
    const encoder = t.own(ffmpeg(`${server.rtmp}/not-a-key-of-anybody`, await media('standard')));
    await encoder.exited;
    assert.notEqual(encoder.code, 0);
    assert.match(encoder.output, /Server error: [A-Z].*key/i);
});

test('an address that guesses keys is slowed down, and nobody else is', {}, async (t) => {
    const { server, channel } = await serverFor(t);
    // One guess after the other: every answer comes later. After many at once nobody looks a key up any more, not even a right one.
    const flood = Promise.all(Array.from({ length: 28 }, (_, at) => tryToPublish(server, `flood-${at}`, { from: '127.0.0.7' })));
    const attempts = [await tryToPublish(server, 'guess', { from: '127.0.0.5' })];
    const oneMore = tryToPublish(server, channel.streamKey, { from: '127.0.0.7' });
    for (let at = 0; at < 4; at++) attempts.push(await tryToPublish(server, `guess-${at}`, { from: '127.0.0.5' }));
    attempts.forEach((status) => assertRefused(status));
    t.note(`the answers took ${attempts.map((status) => Math.round(status.ms)).join(', ')} ms`);
    for (let at = 1; at < attempts.length; at++) assert.ok(attempts[at].ms > attempts[at - 1].ms, 'a guess was answered sooner than the one before');
    assertRefused(await oneMore);
    assert.match((await oneMore).description, /too many/i);
    assert.ok(attempts.at(-1).ms > 2000, `the fifth guess was answered within ${attempts.at(-1).ms} ms`);

    // The creator comes with the right key during the attack, from an address of its own.
    const creator = await tryToPublish(server, channel.streamKey, { from: '127.0.0.6' });
    assert.equal(creator.code, 'NetStream.Publish.Start');
    assert.ok(creator.ms < 1000, `the creator waited ${creator.ms} ms`);
    await flood;
});

test('a spoofed forwarded address changes nothing', {}, async (t) => {
    const { server } = await serverFor(t);
    // The rate limit of a route belongs to the connection's address, whatever the request says of itself.
    const remaining = async (headers) => {
        const answer = await fetch(`${server.http}/api/streams?status=LIVE`, { headers });
        await answer.arrayBuffer();
        const text = answer.headers.get('x-ratelimit-remaining') ?? /r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1];
        assert.ok(text != null, 'the answer does not say what remains of the rate limit');
        return Number(text);
    };
    const first = await remaining({});
    let last = first;
    for (let at = 0; at < 10; at++) {
        last = await remaining({ 'x-forwarded-for': `203.0.113.${at}`, forwarded: `for=198.51.100.${at}`, 'x-real-ip': `192.0.2.${at}` });
    }
    assert.ok(last <= first - 5, `${first} requests remained before and ${last} after ten with other names`);
    assert.doesNotMatch(server.log, /203\.0\.113\.|198\.51\.100\.|192\.0\.2\./);
});
