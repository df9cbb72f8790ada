// A small RTMP publisher of the tests' own: it can come from any loopback address, stop in mid-air, and say wrong things.
import net from 'node:net';
import { flvTags } from './flv.mjs';
import { pause } from './until.mjs';

const kChunkSize = 4096;

export function amf(...values) {
    return Buffer.concat(values.map((value) => {
        if (value === null) return Buffer.from([5]);
        if (typeof value === 'boolean') return Buffer.from([1, value ? 1 : 0]);
        if (typeof value === 'number') {
            const bytes = Buffer.alloc(9);
            bytes.writeDoubleBE(value, 1);
            return bytes;
        }
        if (typeof value === 'string') return Buffer.concat([Buffer.from([2]), shortText(value)]);
        const members = Object.entries(value).flatMap(([key, member]) => [shortText(key), amf(member)]);
        return Buffer.concat([Buffer.from([3]), ...members, Buffer.from([0, 0, 9])]);
    }));
}

function shortText(text) {
    const bytes = Buffer.from(text);
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

export function parseAmf(bytes) {
    let at = 0;
    const text = () => {
        const size = bytes.readUInt16BE(at);
        at += 2 + size;
        return bytes.toString('utf8', at - size, at);
    };
    const members = () => {
        const object = {};
        for (;;) {
            const key = text();
            if (key === '' && bytes[at] === 9) {
                at++;
                return object;
            }
            object[key] = value();
        }
    };
    const value = () => {
        switch (bytes[at++]) {
            case 0: at += 8; return bytes.readDoubleBE(at - 8);
            case 1: return bytes[at++] !== 0;
            case 2: return text();
            case 3: return members();
            case 8: at += 4; return members();
            case 5: case 6: return null;
            case 10: {
                const count = bytes.readUInt32BE(at);
                at += 4;
                return Array.from({ length: count }, value);
            }
            default: throw new Error(`AMF0 marker ${bytes[at - 1]}`);
        }
    };
    const values = [];
    while (at < bytes.length) values.push(value());
    return values;
}

/** A whole message as chunks: one with a full header, the rest without. */
export function chunks(chunkStream, type, timestamp, messageStream, payload) {
    const extended = timestamp >= 0xffffff;
    const header = Buffer.alloc(12 + (extended ? 4 : 0));
    header[0] = chunkStream;
    header.writeUIntBE(extended ? 0xffffff : timestamp, 1, 3);
    header.writeUIntBE(payload.length, 4, 3);
    header[7] = type;
    header.writeUInt32LE(messageStream, 8);
    if (extended) header.writeUInt32BE(timestamp, 12);
    const follow = Buffer.alloc(1 + (extended ? 4 : 0));
    follow[0] = 0xc0 | chunkStream;
    if (extended) follow.writeUInt32BE(timestamp, 1);
    const pieces = [header, payload.subarray(0, kChunkSize)];
    for (let at = kChunkSize; at < payload.length; at += kChunkSize) pieces.push(follow, payload.subarray(at, at + kChunkSize));
    return Buffer.concat(pieces);
}

export class RtmpClient {
    statuses = [];
    #buffer = Buffer.alloc(0);
    #handshaken = false;
    #readChunkSize = 128;
    #streams = new Map();
    #results = new Map();
    #waiters = [];
    #next = 1;

    /** Connects and shakes hands. `from` is the loopback address to come from. */
    static async connect(address, { from = '127.0.0.1' } = {}) {
        const client = new RtmpClient();
        const { hostname, port } = new URL(address.replace(/^rtmp:/, 'http:'));
        client.address = address;
        client.socket = net.connect({ host: hostname, port: Number(port), localAddress: from });
        client.socket.setNoDelay(true);
        client.closed = new Promise((resolve) => client.socket.once('close', resolve));
        client.socket.on('error', (error) => (client.error = error));
        client.socket.on('close', () => client.#wake());
        client.socket.on('data', (bytes) => client.#receive(bytes));
        const hello = Buffer.alloc(1537, 0x41);
        hello[0] = 3;
        hello.fill(0, 1, 9);
        client.socket.write(hello);
        await client.wait(() => client.#handshaken, 'the handshake');
        const setChunkSize = Buffer.alloc(4);
        setChunkSize.writeUInt32BE(kChunkSize);
        client.socket.write(chunks(2, 1, 0, 0, setChunkSize));
        return client;
    }

    #receive(bytes) {
        this.#buffer = Buffer.concat([this.#buffer, bytes]);
        if (!this.#handshaken) {
            if (this.#buffer.length < 3073) return;
            this.socket.write(this.#buffer.subarray(1, 1537));
            this.#buffer = this.#buffer.subarray(3073);
            this.#handshaken = true;
        }
        while (this.#oneChunk());
        this.#wake();
    }

    #oneChunk() {
        const buffer = this.#buffer;
        if (buffer.length < 1) return false;
        const format = buffer[0] >> 6;
        const stream = buffer[0] & 0x3f;
        const headerSize = [11, 7, 3, 0][format];
        if (buffer.length < 1 + headerSize) return false;
        const state = this.#streams.get(stream) ?? { length: 0, type: 0, parts: [], got: 0 };
        if (format <= 1) {
            state.length = buffer.readUIntBE(4, 3);
            state.type = buffer[7];
        }
        let at = 1 + headerSize;
        if (format < 3) state.extended = buffer.readUIntBE(1, 3) === 0xffffff;
        if (state.extended) at += 4;
        const take = Math.min(this.#readChunkSize, state.length - state.got);
        if (buffer.length < at + take) return false;
        state.parts.push(buffer.subarray(at, at + take));
        state.got += take;
        this.#streams.set(stream, state);
        this.#buffer = buffer.subarray(at + take);
        if (state.got === state.length) {
            const payload = Buffer.concat(state.parts);
            state.parts = [];
            state.got = 0;
            this.#message(state.type, payload);
        }
        return true;
    }

    #message(type, payload) {
        if (type === 1) this.#readChunkSize = payload.readUInt32BE(0);
        if (type !== 20) return;
        const [name, transaction, ...rest] = parseAmf(payload);
        if (name === '_result' || name === '_error') this.#results.set(transaction, { name, rest });
        if (name === 'onStatus') this.statuses.push(rest.find((one) => one && typeof one === 'object'));
    }

    #wake() {
        for (const wake of this.#waiters.splice(0)) wake();
    }

    async wait(question, what, timeoutMs = 10_000) {
        const deadline = Date.now() + timeoutMs;
        for (;;) {
            const answer = question();
            if (answer) return answer;
            if (this.socket.destroyed) throw new Error(`the server closed before ${what}`);
            const left = deadline - Date.now();
            if (left <= 0) throw new Error(`no ${what} within ${timeoutMs} ms`);
            let timer;
            await new Promise((resolve) => {
                this.#waiters.push(resolve);
                timer = setTimeout(resolve, left);
            });
            clearTimeout(timer);
        }
    }

    command(messageStream, name, ...values) {
        const transaction = this.#next++;
        this.socket.write(chunks(3, 20, 0, messageStream, amf(name, transaction, ...values)));
        return transaction;
    }

    async call(name, ...values) {
        const transaction = this.command(0, name, ...values);
        return this.wait(() => this.#results.get(transaction), `an answer to ${name}`);
    }

    /** Asks to publish and gives the status that comes: `{ level, code, description }`. */
    async publish(key, { app = 'live' } = {}) {
        const connected = await this.call('connect', { app, type: 'nonprivate', flashVer: 'FMLE/3.0 (compatible; aethex-test)', tcUrl: this.address });
        if (connected.name === '_error') return connected.rest.find((one) => one?.code);
        this.command(0, 'releaseStream', null, key);
        this.command(0, 'FCPublish', null, key);
        const created = await this.call('createStream', null);
        if (created.name === '_error') return created.rest.find((one) => one?.code);
        this.messageStream = created.rest[1];
        const before = this.statuses.length;
        this.command(this.messageStream, 'publish', null, key, 'live');
        return this.wait(() => this.statuses[before], 'a status for publish', 20_000);
    }

    /** Sends a prepared file in real time, round and round, until the socket closes or `silence()`. */
    async send(file, { seconds = Infinity, onTag = () => {} } = {}) {
        this.sending = true;
        const tags = flvTags(file);
        const lapMs = tags.at(-1).timestamp + 33;
        const began = performance.now();
        for (let lap = 0; this.sending && !this.socket.destroyed; lap++) {
            for (const tag of tags) {
                if (lap > 0 && tag.payload[1] === 0 && tag.type !== 18 && tag.timestamp === 0) continue;  // sequence headers once
                const at = tag.timestamp + lap * lapMs;
                const early = at - (performance.now() - began);
                if (early > 5) await pause(early);
                if (!this.sending || this.socket.destroyed || performance.now() - began > seconds * 1000) return;
                this.socket.write(chunks(tag.type === 8 ? 4 : tag.type === 9 ? 6 : 5, tag.type, at, this.messageStream, tag.type === 18 ? Buffer.concat([amf('@setDataFrame'), tag.payload]) : tag.payload));
                onTag(tag, at);
            }
        }
    }

    silence() {
        this.sending = false;
    }

    close() {
        this.sending = false;
        this.socket.destroy();
    }
}
