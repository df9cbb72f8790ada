// Runs the system tests: node tests/system/run.mjs [--full] [--report FILE] [filter]
// A line a test, a JSON report, and an exit code of 1 when any failed.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { kTests, TestRun } from './lib/suite.mjs';

const kFolder = path.dirname(fileURLToPath(import.meta.url));
const kLanes = 3;  // tests that only wait for real time share the machine

const { values, positionals } = parseArgs({
    options: { full: { type: 'boolean', default: false }, report: { type: 'string' }, list: { type: 'boolean', default: false } }, allowPositionals: true,
});

// A promise that nobody waits for is a defect of the tests or of a page; it fails the run even when its own test has ended.
const stray = [];
process.on('unhandledRejection', (error) => stray.push(error));

for (const file of readdirSync(kFolder, { recursive: true }).filter((name) => name.endsWith('.test.mjs') && !name.includes('node_modules')).sort()) {
    const before = kTests.length;
    await import(pathToFileURL(path.join(kFolder, file)));
    for (const added of kTests.slice(before)) added.file = file;
}
const filter = positionals[0]?.toLowerCase() ?? '';
const wanted = kTests.filter((one) => (values.full || !one.full) && `${one.file} ${one.name}`.toLowerCase().includes(filter));
if (values.list) {
    for (const one of wanted) console.log(`${one.file}: ${one.name}`);
    process.exit(0);
}
if (wanted.length === 0) {
    console.log(`no test matches "${filter}"`);
    process.exit(1);
}

const results = [];
const queue = wanted.filter((one) => !one.alone);
const lane = async () => {
    while (queue.length > 0) results.push(await runOne(queue.shift()));
};
await Promise.all(Array.from({ length: kLanes }, lane));
for (const one of wanted.filter((each) => each.alone)) results.push(await runOne(one));

for (const error of stray) {
    results.push({ name: 'no promise is left rejected', file: 'run.mjs', ok: false, ms: 0, error: String(error?.stack ?? error) });
    console.log(`FAIL no promise is left rejected\n     ${String(error?.stack ?? error)}`);
}
const failed = results.filter((one) => !one.ok).length;
if (values.report) {
    mkdirSync(path.dirname(path.resolve(values.report)), { recursive: true });
    writeFileSync(values.report, `${JSON.stringify({ tests: results }, null, 2)}\n`);
}
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function runOne(one) {
    const started = performance.now();
    const t = new TestRun(values.full);
    let error = null;
    let timer;
    try {
        const late = new Promise((_, reject) => {
            timer = setTimeout(() => reject(new Error(`not done within ${one.timeoutMs} ms`)), one.timeoutMs);
        });
        await Promise.race([one.body(t), late]);
    } catch (thrown) {
        error = thrown;
    } finally {
        clearTimeout(timer);
    }
    try {
        await t.finish();
    } catch (thrown) {
        error ??= thrown;
    }
    const ms = Math.round(performance.now() - started);
    console.log(`${error ? 'FAIL' : 'ok  '} ${one.name} (${(ms / 1000).toFixed(1)} s)${t.notes.length > 0 ? `: ${t.notes.join('; ')}` : ''}`);
    if (error) console.log(`     ${String(error.stack ?? error).replaceAll('\n', '\n     ')}`);
    return { name: one.name, file: one.file, ok: !error, ms, error: error ? String(error.stack ?? error) : null, notes: t.notes };
}
