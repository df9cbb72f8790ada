// A seeded maker of hostile byte streams: random, truncated, replayed with damage, and sent to the wrong port.
import net from 'node:net';
import { flvTags } from './flv.mjs';
import { amf, chunks } from './rtmp_client.mjs';

/** mulberry32: small, and the same everywhere for the same seed. */
export function seeded(seed) {
    let state = seed >>> 0;
    const next = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
    const below = (limit) => Math.floor(next() * limit);
    return { next, below, pick: (list) => list[below(list.length)], bytes: (size) => Buffer.from(Array.from({ length: size }, () => below(256))) };
}

/** Damages a copy: flips, cuts, repeats, swaps in extreme numbers, or glues a piece of another stream in. */
function damage(random, bytes, other) {
    let copy = Buffer.from(bytes);
    for (let round = 1 + random.below(4); round > 0 && copy.length > 4; round--) {
        const at = random.below(copy.length - 4);
        switch (random.below(7)) {
            case 0: copy[at] ^= 1 << random.below(8); break;
            case 1: copy = copy.subarray(0, at + 1); break;
            case 2: copy = Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + random.below(16))]); break;
            case 3: copy = Buffer.concat([copy.subarray(0, at), random.bytes(1 + random.below(16)), copy.subarray(at)]); break;
            case 4: copy = Buffer.concat([copy.subarray(0, at), copy.subarray(random.below(at + 1), at + 64), copy.subarray(at)]); break;
            case 5: copy.writeUInt32BE(random.pick([0, 1, 0x7fffffff, 0x80000000, 0xffffff00, 0xffffffff]), at); break;
            default: copy = Buffer.concat([copy.subarray(0, at), other.subarray(random.below(other.length))]); break;
        }
    }
    return copy;
}

/** The bytes of a publisher, from its first to some seconds into its video, as a list of pieces. */
function publisherSession(key, file) {
    const hello = Buffer.alloc(1537, 0x42);
    hello[0] = 3;
    const chunkSize = Buffer.alloc(4);
    chunkSize.writeUInt32BE(4096);
    return [
        hello, Buffer.alloc(1536, 0x42), chunks(2, 1, 0, 0, chunkSize),
        chunks(3, 20, 0, 0, amf('connect', 1, { app: 'live', type: 'nonprivate', flashVer: 'FMLE/3.0', tcUrl: 'rtmp://127.0.0.1/live' })),
        chunks(3, 20, 0, 0, amf('releaseStream', 2, null, key)), chunks(3, 20, 0, 0, amf('FCPublish', 3, null, key)),
        chunks(3, 20, 0, 0, amf('createStream', 4, null)), chunks(3, 20, 0, 1, amf('publish', 5, null, key, 'live')),
        ...flvTags(file).slice(0, 60).map((tag) => chunks(tag.type === 8 ? 4 : 6, tag.type, tag.timestamp, 1, tag.payload)),
    ];
}

const kRequests = [
    'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'GET /api/streams?status=LIVE HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\n\r\n',
    'GET /api/channels/test HTTP/1.1\r\nHost: x\r\nIf-None-Match: "a", W/"b"\r\nRange: bytes=0-,5-1,-3\r\n\r\n',
    'POST /api/channels HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"name":"abcd"}',
    'POST /api/streams HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n',
    'GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n', 'GET /%2e%2e%2f%00 HTTP/1.1\r\nHost: x\r\n\r\n', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAA\r\n\r\n', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', 'GET /x.m3u8?_HLS_msn=18446744073709551616&_HLS_part=-1 HTTP/1.1\r\nHost: x\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00',
].map((text) => Buffer.from(text, 'latin1'));

/** Gives `{ port: 'rtmp' | 'http', pieces: [Buffer], count }`, without end. `count` is how many streams this connection stands for. */
export function* hostileStreams(random, { keys, file, playlists }) {
    const sessions = keys.map((key) => publisherSession(key, file));
    const wrongKey = publisherSession('a-wrong-key', file);
    const tags = sessions[0].slice(8);
    const requests = [...kRequests, ...playlists.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`))];
    for (;;) {
        const session = random.pick(sessions);
        const other = random.pick([...kRequests, random.pick(session)]);
        switch (random.below(10)) {
            case 0: yield { port: 'rtmp', pieces: [random.bytes(random.below(2000))], count: 1 }; break;
            case 1: {  // cut anywhere
                const whole = Buffer.concat(random.pick([session, wrongKey]).slice(0, 4 + random.below(20)));
                yield { port: 'rtmp', pieces: [whole.subarray(0, random.below(whole.length))], count: 1 };
                break;
            }
            case 2: yield { port: 'rtmp', pieces: session.slice(0, 3 + random.below(10)).map((piece) => (random.below(3) === 0 ? damage(random, piece, other) : piece)), count: 1 }; break;
            case 3: yield { port: 'rtmp', pieces: [other], count: 1 }; break;
            case 4: {  // a true publisher that goes mad: every damaged message is one stream
                const mad = Array.from({ length: 10 }, () => damage(random, random.pick(tags), other));
                yield { port: 'rtmp', pieces: [...session.slice(0, 12), ...mad], count: mad.length };
                break;
            }
            case 5: {  // any message type, any payload, in any state
                const odd = Array.from({ length: 10 }, () => chunks(2 + random.below(62), random.below(256), random.below(0x1000000), random.below(3), random.bytes(random.below(300))));
                yield { port: 'rtmp', pieces: [...session.slice(0, 2 + random.below(7)), ...odd], count: odd.length };
                break;
            }
            case 6: yield { port: 'http', pieces: [random.bytes(random.below(2000))], count: 1 }; break;
            case 7: yield { port: 'http', pieces: [random.pick(session)], count: 1 }; break;
            case 8: {
                const one = damage(random, random.pick(requests), other);
                yield { port: 'http', pieces: [one], count: 1 };
                break;
            }
            default: {  // pipelined: the whole ones first, so that the damaged one is reached
                const several = Array.from({ length: 1 + random.below(8) }, () => random.pick(requests));
                yield { port: 'http', pieces: [...several, damage(random, random.pick(requests), other)], count: several.length + 1 };
            }
        }
    }
}

/** Sends one, does not wait for answers longer than a moment, and ends politely or rudely. Never rejects. */
export function sendHostile({ pieces }, { port, from, rude }) {
    return new Promise((resolve) => {
        const socket = net.connect({ host: '127.0.0.1', port, localAddress: from });
        const timer = setTimeout(() => socket.destroy(), 150);
        socket.on('error', () => {});
        socket.once('close', () => {
            clearTimeout(timer);
            resolve();
        });
        socket.resume();
        socket.once('connect', () => {
            for (const piece of pieces) socket.write(piece);
            if (rude) setTimeout(() => socket.resetAndDestroy(), 5);
            else socket.end();
        });
    });
}
