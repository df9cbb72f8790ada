// The server under test: the real program on ports of its own, with a data folder of its own.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { kServerProgram } from './places.mjs';
import { Child, cpuSeconds, run } from './processes.mjs';
import { until } from './until.mjs';

export class Server {
    /** `settings` become flags: `{ 'http.listen': ... }`. `prefix` is a program that becomes the server, such as taskset. */
    static async start(data, settings = {}, { env = {}, program = kServerProgram, prefix = [] } = {}) {
        const server = new Server();
        server.data = data;
        server.program = program;
        server.env = env;
        server.prefix = prefix;
        server.settings = { 'http.listen': '127.0.0.1:0', 'rtmp.listen': '127.0.0.1:0', 'metrics.listen': '127.0.0.1:0', ...settings };
        await server.start();
        return server;
    }

    async start() {
        const announced = path.join(this.data, 'addresses.json');
        rmSync(announced, { force: true });
        this.stopped = false;
        const flags = Object.entries(this.settings).flatMap(([key, value]) => [`--${key}`, String(value)]);
        const began = performance.now();
        const [command, ...args] = [...this.prefix, this.program, 'serve', '--data', this.data, ...flags];
        this.child = new Child(command, args, { env: { ...process.env, ...this.env } });
        this.addresses = await until('the server says its addresses', () => {
            if (!this.child.running) throw new Stopped(this.child);
            return existsSync(announced) && JSON.parse(readFileSync(announced, 'utf8'));
        }, { timeoutMs: 15_000, everyMs: 5 }).catch((error) => {
            throw new Error(`${error.message}\n${this.child.output.slice(-2000)}`);
        });
        this.http = this.addresses.http;
        this.rtmp = this.addresses.rtmp;
        await until('the server is ready', async () => (await fetch(`${this.http}/readyz`)).ok, { everyMs: 5 });
        this.startedInMs = performance.now() - began;
    }

    get pid() {
        return this.child.pid;
    }

    get log() {
        return this.child.output;
    }

    /** The answer's JSON; throws on any status but the expected one. */
    async json(route, expected = 200) {
        const answer = await fetch(this.http + route);
        if (answer.status !== expected) throw new Error(`GET ${route} gave ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
        return answer.json();
    }

    async text(route) {
        const answer = await fetch(this.http + route);
        if (!answer.ok) throw new Error(`GET ${route} gave ${answer.status}`);
        return answer.text();
    }

    cli(...args) {
        return run(this.program, [...args, '--data', this.data], { expect: null, env: { ...process.env, ...this.env } });
    }

    /** Makes a channel from the command line and gives what it prints: `{ id, slug, streamKey, rtmpUrl }`. */
    async createChannel(name = 'Test channel', slug = 'test') {
        const { code, out, err } = await this.cli('channel', 'create', name, '--slug', slug, '--json');
        if (code !== 0) throw new Error(`channel create gave ${code}: ${err || out}`);
        return JSON.parse(out);
    }

    publishUrl(channel) {
        return `${this.rtmp}/${channel.streamKey}`;
    }

    page(slug) {
        return `${this.http}/streams/${slug}`;
    }

    /** Waits until the channel is live and gives its stream. */
    liveStream(slug, timeoutMs = 15_000) {
        return until(`channel ${slug} is live`, async () => {
            const channel = await this.json(`/api/channels/${slug}`);
            return channel.stream?.status === 'LIVE' && channel.stream;
        }, { timeoutMs, everyMs: 50 });
    }

    /** The absolute address of a live channel's master playlist. */
    async master(slug) {
        const stream = await this.liveStream(slug);
        return until('the stream has a playlist', async () => {
            const { url } = await this.json(`/api/streams/${stream.id}/hls`);
            const address = new URL(url, this.http).href;
            return (await fetch(address)).ok && address;
        }, { timeoutMs: 15_000 });
    }

    /** What a Prometheus server would read. */
    async metrics() {
        const answer = await fetch(this.addresses.metrics);
        if (!answer.ok) throw new Error(`the metrics gave ${answer.status}`);
        return answer.text();
    }

    /** The sum of a metric's samples whose labels contain these. */
    async metric(name, labels = {}) {
        let sum = 0;
        for (const line of (await this.metrics()).split('\n')) {
            const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
            if (match?.[1] !== name) continue;
            if (Object.entries(labels).every(([key, value]) => match[2]?.includes(`${key}="${value}"`))) sum += Number(match[3]);
        }
        return sum;
    }

    cpuSeconds() {
        return cpuSeconds(readFileSync(`/proc/${this.pid}/stat`, 'utf8'));
    }

    residentMegabytes() {
        return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))[1]) / 1024;
    }

    async kill9() {
        await this.child.kill();
    }

    /** A graceful stop; a crash before it, or anything but exit code 0, is a failure. */
    async close() {
        if (!this.child.running) {
            if (this.child.signal === 'SIGKILL' || this.stopped) return;  // by a test that wanted that
            throw new Stopped(this.child);
        }
        await this.child.stop('SIGTERM', 15_000);
        this.stopped = true;
        if (this.child.code !== 0) throw new Stopped(this.child);
    }
}

class Stopped extends Error {
    constructor(child) {
        super(`the server ended with ${child.code ?? child.signal}:\n${child.output.slice(-6000)}`);
    }
}

/** A server for a test, with one channel called `test`. */
export async function serverFor(t, settings = {}) {
    const server = t.own(await Server.start(t.folder(), settings));
    const channel = await server.createChannel();
    return { server, channel };
}
