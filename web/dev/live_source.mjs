// A live broadcast for the stand-in server: ffmpeg's test picture, cut into low-latency HLS (parts of 0.2 s, blocking reload).
import { spawn } from 'node:child_process';

const kRate = 30;
const kGroup = 60;
const kPart = 0.2;
const kKeptSegments = 10;
const kTarget = 6;

function encoderArguments(size) {
  return [
    ...['-loglevel', 'error', '-re', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${kRate}`, '-re', '-f', 'lavfi', '-i', 'sine=frequency=330:beep_factor=4:sample_rate=48000'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-g', `${kGroup}`, '-keyint_min', `${kGroup}`, '-sc_threshold', '0', '-b:v', '1500k'],
    ...['-c:a', 'aac', '-movflags', 'empty_moov+default_base_moof+frag_keyframe', '-frag_duration', `${kPart * 1e6}`, '-f', 'mp4', 'pipe:1'],
  ];
}

/** Top-level boxes of `bytes` that are whole, and what is left of them. */
function boxesOf(bytes) {
  const boxes = [];
  let at = 0;
  while (at + 8 <= bytes.length && at + bytes.readUInt32BE(at) <= bytes.length) {
    const size = bytes.readUInt32BE(at);
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), bytes: bytes.subarray(at, at + size) });
    at += size;
  }
  return { boxes, rest: bytes.subarray(at) };
}

function childrenOf(box) {
  return boxesOf(box.bytes.subarray(8)).boxes;
}

/** How many pictures a fragment holds: the samples of track 1. */
function picturesOf(moof) {
  const video = childrenOf(moof).find((box) => box.type === 'traf' && childrenOf(box).some((inner) => inner.type === 'tfhd' && inner.bytes.readUInt32BE(12) === 1));
  const run = video && childrenOf(video).find((box) => box.type === 'trun');
  return run ? run.bytes.readUInt32BE(12) : 0;
}

/** Starts the encoder. `answer(path, query)` gives the bytes for an address under the broadcast, when they exist. */
export function startLiveSource({ size = '1280x720' } = {}) {
  const encoder = spawn('ffmpeg', encoderArguments(size), { stdio: ['ignore', 'pipe', 'inherit'] });
  const waiting = new Set();
  const segments = [];
  const firstNumber = Math.floor(Date.now() / 1000);
  let init = Buffer.alloc(0);
  let moof = null;
  let pictures = 0;
  let pending = Buffer.alloc(0);
  let startedAt = 0;

  function wake() {
    for (const each of waiting) each();
  }

  function addPart(bytes, count) {
    const independent = pictures % kGroup === 0;
    startedAt ||= Date.now() - (count / kRate) * 1000;
    if (independent) segments.push({ number: firstNumber + segments.length, parts: [], at: startedAt + (pictures / kRate) * 1000 });
    segments.at(-1)?.parts.push({ bytes, duration: count / kRate, independent });
    pictures += count;
    wake();
  }

  encoder.stdout.on('data', (chunk) => {
    const { boxes, rest } = boxesOf(Buffer.concat([pending, chunk]));
    pending = Buffer.from(rest);
    for (const box of boxes) {
      if (box.type === 'ftyp' || box.type === 'moov') init = Buffer.concat([init, box.bytes]);
      if (box.type === 'moof') moof = box;
      if (box.type === 'mdat' && moof) addPart(Buffer.concat([moof.bytes, box.bytes]), picturesOf(moof));
    }
  });

  const kept = () => segments.slice(-kKeptSegments);
  const has = (number, part) => segments.some((each) => each.number > number || (each.number === number && each.parts.length > part));

  function playlist() {
    const shown = kept();
    const open = segments.at(-1);
    const lines = [
      '#EXTM3U',
      '#EXT-X-VERSION:9',
      `#EXT-X-TARGETDURATION:${kTarget}`,
      `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${kPart * 3},HOLD-BACK=${kTarget * 3}`,
      `#EXT-X-PART-INF:PART-TARGET=${kPart}`,
      `#EXT-X-MEDIA-SEQUENCE:${shown[0].number}`,
      '#EXT-X-MAP:URI="init.mp4"',
    ];
    for (const [at, segment] of shown.entries()) {
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.at).toISOString()}`);
      if (at >= shown.length - 3) {
        for (const [index, part] of segment.parts.entries()) {
          lines.push(`#EXT-X-PART:DURATION=${part.duration.toFixed(5)},URI="${segment.number}.${index}.m4s"${part.independent ? ',INDEPENDENT=YES' : ''}`);
        }
      }
      if (segment !== open) lines.push(`#EXTINF:${segment.parts.reduce((sum, part) => sum + part.duration, 0).toFixed(5)},`, `${segment.number}.m4s`);
    }
    lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${open.number}.${open.parts.length}.m4s"`);
    return `${lines.join('\n')}\n`;
  }

  async function until(condition) {
    while (!condition()) {
      await new Promise((resolve) => {
        const go = () => waiting.delete(go) && resolve();
        waiting.add(go);
      });
    }
  }

  async function answer(name, query) {
    if (name === 'live.m3u8') {
      return '#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-STREAM-INF:BANDWIDTH=2000000,CODECS="avc1.42c01f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30\nmedia.m3u8\n';
    }
    if (name === 'media.m3u8') {
      const number = Number(query.get('_HLS_msn') ?? 0);
      await until(() => segments.length > 2 && has(number, Number(query.get('_HLS_part') ?? 0)));
      return playlist();
    }
    if (name === 'init.mp4') return init;
    const [, number, part] = /^(\d+)(?:\.(\d+))?\.m4s$/.exec(name) ?? [];
    const segment = kept().find((each) => each.number === Number(number));
    if (!segment) return null;
    if (part === undefined) return Buffer.concat(segment.parts.map((each) => each.bytes));
    await until(() => has(segment.number, Number(part)));
    return segment.parts[Number(part)]?.bytes ?? null;
  }

  return { answer, stop: () => encoder.kill() };
}
