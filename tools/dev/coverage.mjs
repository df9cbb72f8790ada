// Lines and branches that the tests reach: of the server by the GoogleTest programs, a line a room; of the web app by Vitest. Fails below what is
// promised. Details: build/coverage/html/index.html and web/coverage.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
    return ended.stdout;
}

const merged = `build/${preset}/merged.profdata`;
await llvm('llvm-profdata', 'merge', '-sparse', '-o', merged, ...readdirSync(profiles).map((name) => `${profiles}/${name}`));
const objects = programs.flatMap(({ path }, index) => (index === 0 ? [path] : ['-object', path]));
const ours = ['--ignore-filename-regex=(_test|_fuzz|_bench)\\.cpp$|/usr/|/build/'];
const summary = JSON.parse(await llvm('llvm-cov', 'export', '-summary-only', `-instr-profile=${merged}`, ...ours, ...objects));
await llvm('llvm-cov', 'show', '-format=html', `-output-dir=build/${preset}/html`, `-instr-profile=${merged}`, ...ours, ...objects);

const promised = { src: 90, 'routes and services': 95, web: 80 };
const empty = () => ({ lines: [0, 0], branches: [0, 0] });
const count = (total, counts) => {
    for (const kind of ['lines', 'branches']) {
        total[kind][0] += counts[kind].covered;
        total[kind][1] += counts[kind].count;
    }
};
const rooms = new Map(declaredRooms(preset).map((room) => [room, empty()]));
const sums = new Map(Object.keys(promised).map((what) => [what, empty()]));
for (const { filename, summary: counts } of summary.data[0].files) {
    const path = filename.slice(filename.lastIndexOf('src/') + 4);
    const room = rooms.get(path.replace(/\/[^/]*$/, ''));
    if (!room) continue;
    count(room, counts);
    count(sums.get('src'), counts);
    if (/_(routes|service)\.cpp$/.test(path)) count(sums.get('routes and services'), counts);
}

const vitest = await run('npx', ['vitest', 'run', '--coverage', '--coverage.reporter=json-summary', '--coverage.reporter=html'], { cwd: 'web' });
report.add('coverage', 'the tests of the web app pass', vitest.code === 0, vitest.ms, vitest.output);
const { total } = JSON.parse(readFileSync('web/coverage/coverage-summary.json', 'utf8'));
count(sums.get('web'), Object.fromEntries(['lines', 'branches'].map((kind) => [kind, { covered: total[kind].covered, count: total[kind].total }])));

const share = ([covered, all]) => (all ? (100 * covered) / all : 100);
const percent = (pair) => (pair[1] ? `${share(pair).toFixed(1)} %` : '-').padStart(9);
const line = (name, { lines, branches }) => console.log(`   ${name.padEnd(22)}${percent(lines)}${percent(branches)}`);
console.log('\n   room                      lines branches');
for (const [room, counted] of rooms) line(room, counted);
console.log('');
for (const [what, counted] of sums) {
    line(what, counted);
    report.add('coverage', `${what}: at least ${promised[what]} % of lines`, share(counted.lines) >= promised[what], 0);
}
process.exit(report.finish('coverage'));
