// The prepared files. Made once with ffmpeg into build/media: a moving test picture whose frames carry their number as a
// barcode, and a sound of beeps that rise by a semitone a second over a steady tone. A file's name says its recipe's version.
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { encodeBarcode, kCells } from './barcode.mjs';
import { run } from './processes.mjs';
import { kRoot } from './places.mjs';

const kVersion = 3;
const kFolder = path.join(kRoot, 'build', 'media');

const kVideo = {
    size: '1280x720', fps: 30, gop: 60, bframes: 0, preset: 'superfast', bitrate: '2500k', profile: 'high', seconds: 60, extra: [],
};
const kAudio = { rate: 48000, channels: 2, bitrate: '128k', offset: 0 };

/** Every variant is the standard broadcast with one thing changed. */
export const kVariants = {
    standard: {},
    onemegabit: { video: { bitrate: '870k', size: '640x360', seconds: 30 } },
    sixmegabit: { video: { bitrate: '5870k', seconds: 30, preset: 'ultrafast' } },
    short: { video: { seconds: 20 } },
    bframes: { video: { bframes: 3, seconds: 20 } },
    audio44100: { video: { seconds: 20 }, audio: { rate: 44100 } },
    mono: { video: { seconds: 20 }, audio: { channels: 1, bitrate: '64k' } },
    fps60: { video: { fps: 60, gop: 120, seconds: 20 } },
    gop1s: { video: { gop: 30 } },
    gop8s: { video: { gop: 240, seconds: 32 } },
    vfr: { video: { seconds: 20, dropEvery: true } },
    audiolate: { video: { seconds: 30 }, audio: { offset: 5 } },
    audioonly: { video: null, seconds: 30 },
    videoonly: { video: { seconds: 20 }, audio: null },
};

/** Gives `{ file, frames, fps, seconds, hasVideo, hasAudio }`, making the file when it is not there. */
export async function media(name) {
    const recipe = kVariants[name];
    if (!recipe) throw new Error(`no prepared file is called ${name}`);
    const video = recipe.video === null ? null : { ...kVideo, ...recipe.video };
    const audio = recipe.audio === null ? null : { ...kAudio, ...recipe.audio };
    const seconds = video?.seconds ?? recipe.seconds;
    const file = path.join(kFolder, `${name}.v${kVersion}.flv`);
    const described = {
        name, file, seconds, fps: video?.fps ?? 0, frames: video ? video.fps * seconds : 0, hasVideo: !!video, hasAudio: !!audio,
    };
    if (!existsSync(file) || statSync(file).size === 0) {
        // Tests run beside each other: the first that asks makes it for all.
        if (!kBeingMade.has(file)) kBeingMade.set(file, make(file, video, audio, seconds));
        await kBeingMade.get(file);
    }
    return described;
}

const kBeingMade = new Map();

async function make(file, video, audio, seconds) {
    mkdirSync(kFolder, { recursive: true });
    const unfinished = `${file}.${process.pid}.flv`;
    const args = ['-v', 'error', '-y'];
    const filters = [];
    const maps = [];
    if (video) {
        args.push('-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${kCells}x2`, '-r', String(video.fps), '-i', 'pipe:0');
        const [width, height] = video.size.split('x').map(Number);
        const strip = Math.round((height * 48) / 720);
        const thin = video.dropEvery ? ",select='not(eq(mod(n,3),1)*lt(mod(n,90),60))'" : '';
        filters.push(`[0:v]scale=${width}:${strip}:flags=neighbor,format=yuv420p[strip]`);
        filters.push(`testsrc2=size=${video.size}:rate=${video.fps}:duration=${seconds}[picture];[picture][strip]overlay=0:0:shortest=1${thin}[v]`);
        maps.push('-map', '[v]', '-c:v', 'libx264', '-preset', video.preset, '-profile:v', video.profile, '-pix_fmt', 'yuv420p',
            '-b:v', video.bitrate, '-maxrate', video.bitrate, '-bufsize', video.bitrate, '-g', String(video.gop), '-keyint_min', String(video.gop),
            '-sc_threshold', '0', '-bf', String(video.bframes), '-threads', '2', ...video.extra);
        if (video.dropEvery) maps.push('-vsync', 'passthrough');
    }
    if (audio) {
        const beep = 'sin(2*PI*440*pow(2\\,mod(floor(t)\\,24)/12)*t)*lt(mod(t\\,1)\\,0.25)*0.4+sin(2*PI*220*t)*0.1';
        const late = audio.offset ? `,atrim=start=${audio.offset}` : '';
        const layout = audio.channels === 1 ? 'mono' : 'stereo';
        const channels = Array.from({ length: audio.channels }, () => beep).join('|');
        filters.push(`aevalsrc=${channels}:c=${layout}:s=${audio.rate}:d=${seconds}${late}[a]`);
        maps.push('-map', '[a]', '-c:a', 'aac', '-b:a', audio.bitrate, '-ar', String(audio.rate));
    }
    const input = video ? Buffer.concat(Array.from({ length: video.fps * seconds }, (_, n) => Buffer.concat([encodeBarcode(n), encodeBarcode(n)]))) : '';
    args.push('-filter_complex', filters.join(';'), ...maps, '-t', String(seconds), '-flvflags', 'no_duration_filesize', '-f', 'flv', unfinished);
    await run('ffmpeg', args, { input, timeoutMs: 300_000 });
    renameSync(unfinished, file);
}
