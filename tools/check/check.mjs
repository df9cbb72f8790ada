// Runs every check: `node tools/check/check.mjs [--all]`.
import { Report, seconds } from '../dev/report.mjs';
import { checks } from './checks.mjs';

const all = process.argv.includes('--all');
const report = new Report();
console.log('== checks');
for (const { name, run } of checks) {
    const began = performance.now();
    const problems = await run({ all });
    const ms = performance.now() - began;
    report.add('check', name, problems.length === 0, ms);
    console.log(`   ${problems.length ? 'FAIL' : 'ok  '} ${name} (${seconds(ms)})`);
    for (const problem of problems.slice(0, 60)) console.log(problem.replace(/^/gm, '        '));
    if (problems.length > 60) console.log(`        and ${problems.length - 60} more`);
}
process.exit(report.finish('check'));
