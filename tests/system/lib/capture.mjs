// What came out, decoded: a viewer's parts are put together again and every frame's number is read back.
import { spawn } from 'node:child_process';
import { kCells } from './barcode.mjs';
import { get, PartWatcher, firstVariant } from './hls.mjs';
import { run } from './processes.mjs';
import { until } from './until.mjs';

/** Follows the first variant of a live channel until it has `seconds` of media. Gives the watcher, stopped. */
export async function watchFor(server, slug, seconds, { keepPlaylists = false } = {}) {
    const variant = await firstVariant(await server.master(slug));
    const watcher = new PartWatcher(variant.url, { keepPlaylists });
    watcher.variant = variant;
    try {
        await until(`${seconds} s of media`, () => watcher.problems.length > 0 || watcher.seconds >= seconds, { timeoutMs: (seconds + 15) * 1000 });
    } finally {
        await watcher.stop();
    }
    return watcher;
}

/** The parts of the last timeline, from its first independent one on, after their init segment, as one MP4. */
export async function assemble(watcher) {
    const all = [...watcher.parts.values()].sort((a, b) => a.msn - b.msn || a.part - b.part);
    const { map, discontinuity } = all.at(-1);
    const parts = all.filter((part) => part.map === map && part.discontinuity === discontinuity);
    const bodies = await Promise.all([map, ...parts.slice(parts.findIndex((part) => part.independent)).map((part) => part.url)].map(async (url) => {
        const answer = await get(url);
        if (answer.status !== 200) throw new Error(`${url} gave ${answer.status}`);
        return answer.body;
    }));
    return Buffer.concat(bodies);
}

/** Every decoded frame's number, in order; -1 where the strip cannot be read. */
export async function frameNumbers(mp4) {
    const bytes = await decodeWith(['-i', 'pipe:0', '-an', '-vf', `crop=iw:ih*48/720:0:0,scale=${kCells}:1:flags=area,format=gray`, '-vsync', 'passthrough', '-f', 'rawvideo', 'pipe:1'], mp4);
    const numbers = [];
    for (let at = 0; at + kCells <= bytes.length; at += kCells) numbers.push(decode(bytes.subarray(at, at + kCells)));
    return numbers;
}

/** ffmpeg's output; a single word of complaint from its decoders is a failure. */
async function decodeWith(args, mp4) {
    const ffmpeg = spawn('ffmpeg', ['-v', 'error', ...args]);
    const chunks = [];
    let errors = '';
    ffmpeg.stdout.on('data', (chunk) => chunks.push(chunk));
    ffmpeg.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    ffmpeg.stdin.on('error', () => {});
    ffmpeg.stdin.end(mp4);
    await new Promise((resolve) => ffmpeg.once('close', resolve));
    if (errors.trim() !== '') throw new Error(`ffmpeg says of our parts: ${errors.slice(0, 1000)}`);
    return Buffer.concat(chunks);
}

/**
 * The decoded sound as a loudness every 5 ms: `[{ at, peak }]`, on the clock of the packets.
 * The prepared files have a steady tone of 0.1 and a beep of 0.4 more in the first quarter of every second.
 */
export async function loudnessOverTime(mp4, firstPts) {
    const kRate = 48_000;
    const kWindow = kRate / 200;
    const bytes = await decodeWith(['-i', 'pipe:0', '-vn', '-ac', '1', '-ar', String(kRate), '-f', 's16le', 'pipe:1'], mp4);
    const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
    const windows = [];
    for (let from = 0; from + kWindow <= samples.length; from += kWindow) {
        let peak = 0;
        for (let at = from; at < from + kWindow; at++) peak = Math.max(peak, Math.abs(samples[at]));
        windows.push({ at: firstPts + from / kRate, peak: peak / 32768 });
    }
    return windows;
}

/** When each beep begins. */
export function beepsIn(windows) {
    const kQuiet = 20;  // 100 ms of less than a beep come before it
    return windows.filter(({ peak }, at) => at >= kQuiet && peak > 0.25 && windows.slice(at - kQuiet, at).every((before) => before.peak < 0.25)).map(({ at }) => at);
}

function decode(cells) {
    let bits = 0n;
    for (const cell of cells) bits = (bits << 1n) | (cell > 125 ? 1n : 0n);
    return bits >> 28n === 0b1010n ? Number((bits >> 8n) & 0xfffffn) : -1;
}

/** What ffprobe finds: `{ streams, packets }`. */
export async function probe(mp4) {
    return JSON.parse(await run('ffprobe', ['-v', 'error', '-show_streams', '-show_packets', '-of', 'json', 'pipe:0'], { input: mp4 }));
}
