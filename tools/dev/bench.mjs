// Runs benchmarks: `node tools/dev/bench.mjs [NAME] [--smoke]`. Those of the whole server are bench/*.bench.mjs, each a program that prints one
// line of JSON a run and takes --smoke; those of one room are build/PRESET/bench_ROOM (Google Benchmark).
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';

import { filesBelow } from '../files.mjs';
import { Report, run } from './report.mjs';

const args = process.argv.slice(2);
const smoke = args.includes('--smoke');
const [only] = args.filter((arg) => !arg.startsWith('--'));
const preset = process.env.AE_PRESET ?? 'release';
const report = new Report();
const asked = (name) => !only || name === only;

async function bench(name, command, commandArgs, seconds) {
    console.log(`== ${name}`);
    const ended = await run(command, commandArgs, { seconds, live: true });
    report.add('bench', name, ended.code === 0, ended.ms);
}

for (const path of filesBelow('bench', '.bench.mjs')) {
    const name = basename(path, '.bench.mjs');
    if (asked(name)) await bench(name, 'node', [path, ...(smoke ? ['--smoke'] : [])], smoke ? 120 : 3600);
}
for (const name of readdirSync(`build/${preset}`).filter((one) => /^bench_\w+$/.test(one))) {
    if (asked(name)) await bench(name, `build/${preset}/${name}`, smoke ? ['--benchmark_min_time=0.01'] : [], 3600);
}
if (report.tests.length === 0) report.add('bench', `there is a benchmark '${only ?? '*'}'`, false, 0);
process.exit(report.finish('bench'));
