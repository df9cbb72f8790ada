// Every encoder and every kind of material: what goes in comes out, each frame once and in order.
import assert from 'node:assert/strict';
import { assemble, beepsIn, frameNumbers, loudnessOverTime, probe, watchFor } from './lib/capture.mjs';
import { ffmpeg, gstreamer } from './lib/encoders.mjs';
import { media } from './lib/media.mjs';
import { RtmpClient } from './lib/rtmp_client.mjs';
import { serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';

/** Watches for a while and checks what every broadcast owes: no part lost, no frame lost, twice or out of order. */
async function checkBroadcast(t, server, material, seconds = 6) {
    const watcher = await watchFor(server, 'test', seconds);
    assert.deepEqual(watcher.problems, []);
    assert.deepEqual(watcher.missing(), []);
    const mp4 = await assemble(watcher);
    const found = await probe(mp4);
    let numbers = [];
    if (material.hasVideo) {
        numbers = await frameNumbers(mp4);
        assert.ok(numbers.length >= (seconds - 4) * 20, `only ${numbers.length} frames`);
        const step = numbers.map((number, at) => (at === 0 ? 1 : number - numbers[at - 1]));
        const wrong = step.findIndex((by) => (material.name === 'vfr' ? by < 1 || by > 3 : by !== 1));
        assert.equal(wrong, -1, `frame ${numbers[wrong]} follows frame ${numbers[wrong - 1]}`);
    }
    const packets = (kind) => found.packets.filter((packet) => packet.codec_type === kind).map((packet) => ({ pts: Number(packet.pts_time), dts: Number(packet.dts_time) }));
    for (const kind of ['video', 'audio']) {
        const times = packets(kind).map(({ dts }) => dts);
        const back = times.findIndex((time, at) => at > 0 && time <= times[at - 1]);
        assert.equal(back, -1, `the ${kind}'s time goes from ${times[back - 1]} to ${times[back]}`);
    }
    assert.equal(packets('video').length > 0, material.hasVideo);
    const [video, audio] = [packets('video'), packets('audio')];
    const sound = audio.length > 0 ? await loudnessOverTime(mp4, audio[0].pts) : [];
    // A frame's number says when it was filmed; the clip's second 0 is then at this time of the stream.
    const zero = material.hasVideo ? Math.min(...video.map(({ pts }) => pts)) - numbers[0] / material.fps : null;
    return { watcher, streams: found.streams, video, audio, sound, zero };
}

/** The beeps begin with the clip's seconds; picture and sound must not drift apart. */
function assertInTime(t, { sound, zero }) {
    const apart = beepsIn(sound).map((at) => at - zero - Math.round(at - zero));
    const worst = apart.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0);
    t.note(`sound ${(worst * 1000).toFixed(0)} ms from the picture at most`);
    assert.ok(apart.length >= 2, `${apart.length} beeps were heard`);
    assert.ok(Math.abs(worst) < 0.06, `the sound is ${worst} s from the picture`);
}

for (const [name, publish] of [
    ['ffmpeg', ffmpeg],
    ['GStreamer rtmp2sink', (url, material) => gstreamer(url, material, 'rtmp2sink')],
    ['librtmp', (url, material) => gstreamer(url, material, 'rtmpsink')],
]) {
    test(`${name} publishes and every frame comes out once`, {}, async (t) => {
        const material = await media('standard');
        const { server, channel } = await serverFor(t);
        t.own(publish(server.publishUrl(channel), material));
        const { streams, ...heard } = await checkBroadcast(t, server, material);
        assertInTime(t, heard);
        assert.deepEqual(streams.map((stream) => stream.codec_name).sort(), ['aac', 'h264']);
    });
}

async function broadcastOf(t, name, seconds) {
    const material = await media(name);
    const { server, channel } = await serverFor(t);
    t.own(ffmpeg(server.publishUrl(channel), material));
    const found = await checkBroadcast(t, server, material, seconds);
    if (material.hasVideo && material.hasAudio) assertInTime(t, found);
    return found;
}

test('B-frames keep their order and their composition times', {}, async (t) => {
    const { video } = await broadcastOf(t, 'bframes');
    assert.ok(video.some(({ pts, dts }) => pts > dts + 0.03), 'no frame is shown later than it is decoded');
});

test('44.1 kHz sound stays 44.1 kHz and in time', {}, async (t) => {
    const { streams, audio } = await broadcastOf(t, 'audio44100');
    assert.equal(streams.find((stream) => stream.codec_type === 'audio').sample_rate, '44100');
    const average = (audio.at(-1).dts - audio[0].dts) / (audio.length - 1);
    assert.ok(Math.abs(average - 1024 / 44100) < 0.0001, `a sound frame lasts ${average} s`);
});

test('one channel of sound stays one', {}, async (t) => {
    const { streams } = await broadcastOf(t, 'mono');
    assert.equal(streams.find((stream) => stream.codec_type === 'audio').channels, 1);
});

test('60 frames a second come out as 60', {}, async (t) => {
    const { watcher, video } = await broadcastOf(t, 'fps60');
    assert.ok(Math.abs(Number(watcher.variant['FRAME-RATE']) - 60) < 0.1, `FRAME-RATE is ${watcher.variant['FRAME-RATE']}`);
    const average = (video.at(-1).dts - video[0].dts) / (video.length - 1);
    assert.ok(Math.abs(average - 1 / 60) < 0.0005, `a frame lasts ${average} s`);
});

test('a group of pictures of 8 s is cut within the target duration, and the cut is not called independent', { timeoutMs: 90_000 }, async (t) => {
    const { watcher } = await broadcastOf(t, 'gop8s', 20);
    const text = (await (await fetch(watcher.url)).text());
    const target = Number(/#EXT-X-TARGETDURATION:(\d+)/.exec(text)[1]);
    assert.equal(target, 6);
    for (const [, duration] of text.matchAll(/#EXTINF:([\d.]+)/g)) assert.ok(Math.round(Number(duration)) <= target, `a segment lasts ${duration} s`);
    const independent = [...watcher.parts.values()].filter((part) => part.independent).length;
    assert.ok(independent >= 1 && independent <= 4, `${independent} independent parts in 20 s of 8 s groups`);
    assert.ok([...watcher.parts.values()].some((part) => part.part === 0 && !part.independent), 'no segment was cut at a dependent frame');
});

test('a variable frame rate keeps every frame at its time', {}, async (t) => {
    const { video } = await broadcastOf(t, 'vfr');
    const gaps = video.slice(1).map(({ dts }, at) => dts - video[at].dts);
    assert.ok(Math.max(...gaps) > 0.055 && Math.min(...gaps) < 0.045, `the frames are ${Math.min(...gaps)} to ${Math.max(...gaps)} s apart`);
});

test('sound that begins 5 s after the picture comes in at its time', { timeoutMs: 90_000 }, async (t) => {
    const material = await media('audiolate');
    const { server, channel } = await serverFor(t);
    const publisher = t.own(await RtmpClient.connect(server.rtmp));
    assert.equal((await publisher.publish(channel.streamKey)).code, 'NetStream.Publish.Start');
    publisher.send(material.file);
    // A browser cannot add a track to what it plays: until the sound comes there is silence.
    const { sound, zero } = await checkBroadcast(t, server, material, 10);
    const first = sound.find(({ peak }) => peak > 0.02);
    assert.ok(first, 'no sound came');
    t.note(`the first sound is at ${(first.at - zero).toFixed(3)} s of the picture's time`);
    // The track is another one from then on, and a track begins where a segment does: with the next group of pictures, at 6 s.
    assert.ok(first.at - zero > 4.9 && first.at - zero < 6.1, `the sound begins at ${first.at - zero} s`);
    assertInTime(t, { sound, zero });
});

test('sound alone is a broadcast', {}, async (t) => {
    const { streams } = await broadcastOf(t, 'audioonly');
    assert.deepEqual(streams.map((stream) => stream.codec_name), ['aac']);
});

test('a picture without sound is a broadcast, with silence', {}, async (t) => {
    const { streams, sound } = await broadcastOf(t, 'videoonly');
    assert.deepEqual(streams.map((stream) => stream.codec_name).sort(), ['aac', 'h264']);
    assert.ok(sound.every(({ peak }) => peak < 0.001), 'the silence can be heard');
});
