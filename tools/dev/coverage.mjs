// Lines and branches that the GoogleTest programs reach, a line a room. Details: build/coverage/html/index.html.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { declaredRooms, runGtest, testPrograms } from './gtest.mjs';
import { Report, inParallel, run } from './report.mjs';

const preset = 'coverage';
const profiles = `build/${preset}/profiles`;
rmSync(profiles, { recursive: true, force: true });
mkdirSync(profiles, { recursive: true });

const report = new Report();
const programs = testPrograms(preset);
const env = { LLVM_PROFILE_FILE: `${resolve(profiles)}/%p-%m.profraw` };
await inParallel(programs.map((program) => () => runGtest(report, preset, program, env)), 2);

async function llvm(tool, ...args) {
    const ended = await run(`${tool}-19`, args);
    if (ended.code !== 0) throw new Error(`${tool} failed:\n${ended.output}`);
    return ended.output;
}

const merged = `build/${preset}/merged.profdata`;
await llvm('llvm-profdata', 'merge', '-sparse', '-o', merged, ...readdirSync(profiles).map((name) => `${profiles}/${name}`));
const objects = programs.flatMap(({ path }, index) => (index === 0 ? [path] : ['-object', path]));
const ours = ['--ignore-filename-regex=(_test|_fuzz|_bench)\\.cpp$|/usr/|/build/'];
const summary = JSON.parse(await llvm('llvm-cov', 'export', '-summary-only', `-instr-profile=${merged}`, ...ours, ...objects));
await llvm('llvm-cov', 'show', '-format=html', `-output-dir=build/${preset}/html`, `-instr-profile=${merged}`, ...ours, ...objects);

const totals = new Map(declaredRooms(preset).map((room) => [room, { lines: [0, 0], branches: [0, 0] }]));
for (const { filename, summary: counts } of summary.data[0].files) {
    const path = filename.slice(filename.lastIndexOf('src/') + 4);
    const total = totals.get(path.replace(/\/[^/]*$/, ''));
    if (!total) continue;
    for (const kind of ['lines', 'branches']) {
        total[kind][0] += counts[kind].covered;
        total[kind][1] += counts[kind].count;
    }
}
const percent = ([covered, count]) => (count ? `${((100 * covered) / count).toFixed(1)} %` : '-').padStart(9);
console.log('\n   room                  lines branches');
for (const [room, { lines, branches }] of totals) console.log(`   ${room.padEnd(18)}${percent(lines)}${percent(branches)}`);
process.exit(report.finish('coverage'));
