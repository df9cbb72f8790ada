// What every benchmark here does alike: pairs of A and B, one line of JSON a run, and nothing but our side for --smoke.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { kBuild, kRoot } from '../../tests/system/lib/places.mjs';
import { Child } from '../../tests/system/lib/processes.mjs';
import { Server } from '../../tests/system/lib/server.mjs';

export const kSmoke = process.argv.includes('--smoke');
export const kPairs = kSmoke ? 1 : Number(process.env.AE_PAIRS ?? 5);
const kOut = path.join(kRoot, 'bench', 'out');

// What is measured has the first processor for itself; the load, the encoder and the browser have the others.
const kProcessors = os.cpus().length;
export const kServerSide = kProcessors > 1 ? ['taskset', '-c', '0'] : [];
export const kLoadSide = kProcessors > 1 ? ['taskset', '-c', `1-${kProcessors - 1}`] : [];

const kCommit = execFileSync('git', ['-C', kRoot, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();

/**
 * On a machine that others use, run the benchmark at a raised priority (`nice -n -15 node ...`). Each child is a session of its own,
 * and Linux shares out its processors by session first: a session has to be told the priority, too.
 */
export function raiseSessions() {
    const priority = os.getPriority();
    if (priority >= 0) return;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
            const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
            if (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === String(process.pid)) writeFileSync(`/proc/${pid}/autogroup`, String(priority));
        } catch {
            // It ended while we looked, or this kernel groups nothing.
        }
    }
}

/** Prints a run's line and keeps it in bench/out, from which `node bench/table.mjs` makes the table. */
export function report(bench, side, figures, settings) {
    const line = JSON.stringify({ bench, side, ...figures, settings, commit: kCommit, at: new Date().toISOString() });
    console.log(line);
    if (kSmoke) return;
    mkdirSync(kOut, { recursive: true });
    appendFileSync(path.join(kOut, `${bench}.jsonl`), `${line}\n`);
}

/** Runs ours and the peer in turn; the peer not at all in a smoke run. */
export async function alternate(ours, peer) {
    for (let pair = 0; pair < kPairs; pair++) {
        await ours();
        if (!kSmoke && peer) await peer();
    }
}

/** Gives the body a folder and a list of things to end; ends them in reverse order. */
export async function withThings(body, { memory = false } = {}) {
    const folder = mkdtempSync(path.join(memory ? '/dev/shm' : os.tmpdir(), 'aethex-bench-'));
    const owned = [];
    const own = (thing) => {
        owned.push(thing);
        return thing;
    };
    try {
        return await body({ folder, own });
    } finally {
        for (const thing of owned.reverse()) await (thing.close ?? thing.stop).call(thing);
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Our server on one core, with one shard. */
export async function ourServer({ folder, own }, settings = {}) {
    const server = own(await Server.start(folder, { 'server.shards': 1, ...settings }, { prefix: kServerSide }));
    raiseSessions();
    return server;
}

/** Runs a load program to its end and gives the last line that it printed. */
export async function load(program, args) {
    const child = new Child(...commandLine(program, args));
    raiseSessions();
    await child.exited;
    if (child.code !== 0) throw new Error(`${program} ended with ${child.code ?? child.signal}: ${child.output.slice(-3000)}`);
    return JSON.parse(child.output.trim().split('\n').at(-1));
}

function commandLine(program, args) {
    const [command, ...rest] = [...kLoadSide, path.join(kBuild, program), ...args.map(String)];
    return [command, rest];
}

/** Starts the replay of a prepared file to these addresses; `origin` is the Unix millisecond of its first tag. */
export async function replay({ own }, file, urls, seconds) {
    const child = own(new Child(...commandLine('rtmp_replay', [file, ...urls, '--seconds', seconds])));
    raiseSessions();
    const [, origin] = await child.saw(/"origin_unix_ms":([\d.]+)/, 20_000);
    child.origin = Number(origin);
    return child;
}

export function percentile(values, share) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

export function rounded(value, digits = 1) {
    return Number(value.toFixed(digits));
}
