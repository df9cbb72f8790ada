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
    const ffmpeg = spawn('ffmpeg', ['-v', 'error', '-i', 'pipe:0', '-an', '-vf', `crop=iw:ih*48/720:0:0,scale=${kCells}:1:flags=area,format=gray`, '-vsync', 'passthrough', '-f', 'rawvideo', 'pipe:1']);
    const chunks = [];
    let errors = '';
    ffmpeg.stdout.on('data', (chunk) => chunks.push(chunk));
    ffmpeg.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    ffmpeg.stdin.on('error', () => {});
    ffmpeg.stdin.end(mp4);
    await new Promise((resolve) => ffmpeg.once('close', resolve));
    if (errors.trim() !== '') throw new Error(`ffmpeg says of our parts: ${errors.slice(0, 1000)}`);
    const bytes = Buffer.concat(chunks);
    const numbers = [];
    for (let at = 0; at + kCells <= bytes.length; at += kCells) numbers.push(decode(bytes.subarray(at, at + kCells)));
    return numbers;
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
