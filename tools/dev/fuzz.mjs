// Runs fuzz targets: `node tools/dev/fuzz.mjs [TARGET] [--seconds N] [--keep]`. Each begins with fuzz/corpus/TARGET and works in
// build/fuzz/corpus/TARGET; what it finds wrong lies in build/fuzz/findings. --keep merges inputs that reached new code into the kept corpus.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { Report, inParallel, run } from './report.mjs';

const { values, positionals } = parseArgs({ options: { seconds: { type: 'string', default: '5' }, keep: { type: 'boolean' } }, allowPositionals: true });
const time = Number(values.seconds);
const [only] = positionals;

const targets = readdirSync('build/fuzz').filter((name) => /^fuzz_\w+$/.test(name)).map((name) => name.slice('fuzz_'.length))
    .filter((name) => !only || name === only).sort();
const report = new Report();
const rows = [];

// Bounds that a parser of ours has no reason to reach.
const kLimits = ['-timeout=5', '-rss_limit_mb=2048', '-max_len=65536'];

async function fuzz(target) {
    const work = `build/fuzz/corpus/${target}`;
    const kept = `fuzz/corpus/${target}`;
    mkdirSync(work, { recursive: true });
    mkdirSync('build/fuzz/findings', { recursive: true });
    const corpora = existsSync(kept) ? [work, kept] : [work];
    const dictionary = existsSync(`fuzz/${target}.dict`) ? [`-dict=fuzz/${target}.dict`] : [];
    const args = [`-max_total_time=${time}`, '-print_final_stats=1', `-artifact_prefix=build/fuzz/findings/${target}-`, ...kLimits, ...dictionary, ...corpora];
    const ended = await run(`build/fuzz/fuzz_${target}`, args, { seconds: time + 300 });
    const number = (pattern) => Number([...ended.output.matchAll(pattern)].at(-1)?.[1] ?? 0);
    const executions = number(/stat::number_of_executed_units:\s+(\d+)/g) || number(/^#(\d+)/gm);
    rows.push({ target, executions, perSecond: number(/stat::average_exec_per_sec:\s+(\d+)/g), edges: number(/\bcov: (\d+)/g), corpus: number(/\bcorp: (\d+)/g), ok: ended.code === 0 });
    report.add('fuzz', target, ended.code === 0, ended.ms, ended.output);
    if (ended.code !== 0) console.log(ended.output.split('\n').slice(-60).join('\n'));
    if (values.keep && ended.code === 0) await keep(target, work, kept);
}

async function keep(target, work, kept) {
    mkdirSync(kept, { recursive: true });
    await run(`build/fuzz/fuzz_${target}`, ['-merge=1', ...kLimits, kept, work], { seconds: 600 });
}

console.log(`== fuzzing ${targets.length} targets for ${time} s each`);
await inParallel(targets.map((target) => () => fuzz(target)), 2);
rows.sort((a, b) => (a.target < b.target ? -1 : 1));
const line = (...cells) => `   ${cells[0].padEnd(28)}${cells.slice(1).map((cell) => String(cell).padStart(13)).join('')}`;
console.log(line('target', 'executions', 'per second', 'edges', 'corpus', ''));
for (const row of rows) console.log(line(row.target, row.executions, row.perSecond, row.edges, row.corpus, row.ok ? 'ok' : 'FOUND'));
if (rows.length === 0) report.add('fuzz', `there is a target '${only ?? '*'}'`, false, 0);
process.exit(report.finish('fuzz'));
