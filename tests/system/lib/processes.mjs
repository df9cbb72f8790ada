// Child processes that end with the test that started them. Only processes started here are ever signalled.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';

const kKeptOutput = 64 * 1024;

/** A running child. `output` keeps the last 64 KB of stdout and stderr together; `errors` those of stderr alone. */
export class Child {
    constructor(command, args, options = {}) {
        this.name = `${command} ${args.join(' ')}`.slice(0, 120);
        this.output = '';
        this.errors = '';
        this.code = null;
        this.signal = null;
        // A group of its own, so that what the child starts (browsers do) goes with it.
        this.process = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true, ...options });
        this.pid = this.process.pid;
        this.exited = new Promise((resolve) => {
            this.process.once('error', (error) => resolve(this.#ended(127, null, String(error))));
            this.process.once('exit', (code, signal) => resolve(this.#ended(code, signal, '')));
        });
        this.process.stdin?.on('error', () => {});  // the child may be gone before we have written everything
        for (const stream of ['stdout', 'stderr']) {
            this.process[stream]?.setEncoding('utf8').on('data', (text) => {
                this.output = (this.output + text).slice(-kKeptOutput);
                if (stream === 'stderr') this.errors = (this.errors + text).slice(-kKeptOutput);
                this.#wake?.();
            });
        }
    }

    #wake = null;
    #ended(code, signal, message) {
        this.code = code;
        this.signal = signal;
        this.output += message;
        this.#wake?.();
        return { code, signal };
    }

    get running() {
        return this.code === null && this.signal === null;
    }

    /** Waits until the output matches, and gives the match; fails when the child ends first. */
    async saw(pattern, timeoutMs = 10_000) {
        const deadline = Date.now() + timeoutMs;
        for (;;) {
            const match = pattern.exec(this.output);
            if (match) return match;
            if (!this.running) throw new Error(`${this.name} ended (${this.code ?? this.signal}) before ${pattern}:\n${this.output.slice(-2000)}`);
            const left = deadline - Date.now();
            if (left <= 0) throw new Error(`${this.name} did not print ${pattern} within ${timeoutMs} ms:\n${this.output.slice(-2000)}`);
            let timer;
            await new Promise((resolve) => {
                this.#wake = resolve;
                timer = setTimeout(resolve, left);
            });
            clearTimeout(timer);
            this.#wake = null;
        }
    }

    signalGroup(signal) {
        if (!this.pid) return;
        try {
            process.kill(-this.pid, signal);
        } catch {
            // The group is gone already.
        }
    }

    /** Asks politely, then not; waits for the end. */
    async stop(signal = 'SIGTERM', patienceMs = 3000) {
        if (this.running) {
            this.signalGroup(signal);
            const timer = setTimeout(() => this.signalGroup('SIGKILL'), patienceMs);
            await this.exited;
            clearTimeout(timer);
        }
        this.signalGroup('SIGKILL');  // grandchildren that outlived it
    }

    async kill() {
        await this.stop('SIGKILL');
    }
}

/** Runs a command to its end; throws when it fails. Gives stdout. */
export async function run(command, args, { timeoutMs = 60_000, input, expect = 0, ...options } = {}) {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const [code, signal] = await Promise.race([once(child, 'close'), once(child, 'error').then(([error]) => Promise.reject(error))]);
    clearTimeout(timer);
    if (expect !== null && code !== expect) {
        throw new Error(`${command} ${args.join(' ')} gave ${code ?? signal}, not ${expect}:\n${(err || out).slice(-3000)}`);
    }
    return expect === null ? { code, out, err } : out;
}

/** A port that was free a moment ago: only for peers that cannot bind port 0 and tell us. */
export async function freePort() {
    const server = net.createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
}

/** Processor seconds (user and system) that a process has used, all its threads together. */
export function cpuSeconds(stat) {
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
}
