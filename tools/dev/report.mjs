// What the runners share: running programs, collecting results, the last lines of a run.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

// Runs a program to its end. Answers { code, signal, output (both streams), stdout, ms, timedOut }; never throws. With `live`, its output is shown as it comes.
export function run(command, args, { env = {}, cwd = process.cwd(), seconds = 600, live = false } = {}) {
    return new Promise((resolve) => {
        const began = performance.now();
        const chunks = [];
        const answer = [];
        const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
        let timedOut = false;
        const timer = setTimeout(() => {
            timedOut = true;
            killGroup(child.pid);
        }, seconds * 1000);
        const keep = (chunk) => {
            chunks.push(chunk);
            if (live) process.stdout.write(chunk);
        };
        child.stdout.on('data', (chunk) => {
            answer.push(chunk);
            keep(chunk);
        });
        child.stderr.on('data', keep);
        const done = (code, signal) => {
            clearTimeout(timer);
            running.delete(child.pid);
            const [output, stdout] = [chunks, answer].map((kept) => Buffer.concat(kept).toString());
            resolve({ code, signal, output, stdout, ms: performance.now() - began, timedOut });
        };
        child.on('error', (error) => {
            chunks.push(Buffer.from(`${command}: ${error.message}\n`));
            done(127, null);
        });
        child.on('close', done);
        if (child.pid) running.add(child.pid);
    });
}

// Each program has a process group of its own, so that what it started ends with it.
const running = new Set();
function killGroup(pid) {
    try {
        process.kill(-pid, 'SIGKILL');
    } catch {
        // It ended by itself in between.
    }
}
for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
        for (const pid of running) killGroup(pid);
        process.exit(130);
    });
}

// Runs the jobs (functions that answer a promise), `width` at a time.
export async function inParallel(jobs, width) {
    const waiting = [...jobs];
    const worker = async () => {
        for (let job = waiting.shift(); job; job = waiting.shift()) await job();
    };
    await Promise.all(Array.from({ length: Math.min(width, jobs.length) }, worker));
}

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

// The results of a run: { suite, name, ok, ms, output }.
export class Report {
    tests = [];

    add(suite, name, ok, ms, output = '') {
        this.tests.push({ suite, name, ok, ms, output });
    }

    // One line for a suite that ended; on failure, what failed and what it said.
    tell(suite, ms) {
        const all = this.tests.filter((test) => test.suite === suite);
        const failed = all.filter((test) => !test.ok);
        console.log(`   ${failed.length ? 'FAIL' : 'ok  '} ${suite}: ${all.length - failed.length} of ${all.length} in ${seconds(ms)}`);
        for (const test of failed) {
            console.log(`        ${test.name}`);
            if (test.output) console.log(lastLines(test.output, 60).replace(/^/gm, '        | '));
        }
    }

    tellSlowest(count) {
        const slowest = [...this.tests].sort((a, b) => b.ms - a.ms).slice(0, count);
        console.log(`\n== the ${slowest.length} slowest tests`);
        for (const test of slowest) console.log(`   ${seconds(test.ms).padStart(8)}  ${test.suite}: ${test.name}`);
    }

    // Writes build/reports/NAME.json, prints the last line and answers the exit code.
    finish(name) {
        const failed = this.tests.filter((test) => !test.ok);
        const passed = this.tests.length - failed.length;
        const path = `build/reports/${name}.json`;
        mkdirSync(dirname(path), { recursive: true });
        const tests = this.tests.map(({ suite, name, ok, ms }) => ({ suite, name, ok, ms: Math.round(ms) }));
        writeFileSync(path, JSON.stringify({ passed, failed: failed.length, tests }, null, 1));
        if (failed.length) {
            console.log('\n== failed');
            for (const test of failed) console.log(`   ${test.suite}: ${test.name}`);
        }
        console.log(`\n${passed} passed, ${failed.length} failed`);
        return failed.length ? 1 : 0;
    }
}

function lastLines(text, count) {
    const lines = text.trimEnd().split('\n');
    return lines.length > count ? [`(${lines.length - count} lines before)`, ...lines.slice(-count)].join('\n') : lines.join('\n');
}
