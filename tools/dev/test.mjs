// Runs every test that ./dev has built: `node tools/dev/test.mjs [ROOM] [--full]`.
import { existsSync } from 'node:fs';

import { checks } from '../check/checks.mjs';
import { filesBelow } from '../files.mjs';
import { namesRoom, runGtest, testPrograms } from './gtest.mjs';
import { Report, inParallel } from './report.mjs';
import { runNodeTests, runSystem, runVitest } from './suites.mjs';

const args = process.argv.slice(2);
const full = args.includes('--full');
const [room] = args.filter((arg) => !arg.startsWith('--'));
const report = new Report();

const asked = (name) => !room || namesRoom(room, name);

const began = performance.now();
console.log('== tests');
const programs = testPrograms('dev').filter(({ room }) => asked(room));
await inParallel(
    programs.map((program) => () => runGtest(report, 'dev', program)),
    2,
);
if (asked('tools')) {
    await runNodeTests(report, 'tools', filesBelow('tools', '_test.mjs'));
}
if (asked('house')) {
    // What the compiler says of the headers was said by the build, which ended well when we are here.
    report.add('house', 'every header compiles alone', true, 0);
    for (const check of checks.filter(({ alsoTest }) => alsoTest)) {
        const from = performance.now();
        const problems = await check.run();
        report.add('house', check.name, problems.length === 0, performance.now() - from, problems.join('\n'));
    }
    report.tell('house', performance.now() - began);
}
if (asked('web') && existsSync('web/package.json')) await runVitest(report);
if (asked('system') && existsSync('tests/system/run.mjs')) await runSystem(report, full ? ['--full'] : []);

if (report.tests.length === 0) {
    console.log(`No test is called '${room}': ${testPrograms('dev').map(({ room }) => room).join(', ')}, tools, house, web and system are there.`);
    process.exit(2);
}
report.tellSlowest(10);
process.exit(report.finish(room ? `test_${room.replaceAll('/', '_')}` : 'test'));
