// The suites that are not GoogleTest: node's own tests of the tools, vitest of the web app, the tests of the whole system.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';

import { run } from './report.mjs';

// Every *_test.mjs below a folder, by `node --test`, told apart by our reporter (one JSON line a test).
export async function runNodeTests(report, suite, files) {
    const args = ['--test', '--test-reporter=./tools/dev/node_reporter.mjs', '--test-reporter-destination=stdout', ...files];
    const ended = await run('node', args, { seconds: 300 });
    let told = 0;
    for (const line of ended.output.split('\n')) {
        if (!line.startsWith('{"ae_test"')) continue;
        const { name, ok, ms, output, file } = JSON.parse(line).ae_test;
        report.add(suite, `${file}: ${name}`, ok, ms, output);
        told += 1;
    }
    if (told === 0) report.add(suite, 'runs', false, ended.ms, ended.output);
    report.tell(suite, ended.ms);
}

export async function runVitest(report) {
    const out = `${process.cwd()}/build/reports/vitest.json`;
    rmSync(out, { force: true });
    const ended = await run('npx', ['vitest', 'run', '--reporter=json', `--outputFile=${out}`], { cwd: 'web', seconds: 600 });
    const before = report.tests.length;
    if (existsSync(out)) {
        for (const file of JSON.parse(readFileSync(out, 'utf8')).testResults) addVitestFile(report, file);
    }
    // An unhandled rejection, or a run without tests, fails without naming one.
    const added = report.tests.slice(before);
    if (added.length === 0 || (ended.code !== 0 && added.every((test) => test.ok))) report.add('web', 'vitest ends well', false, ended.ms, ended.output);
    report.tell('web', ended.ms);
}

function addVitestFile(report, file) {
    const path = relative(`${process.cwd()}/web`, file.name);
    for (const test of file.assertionResults) {
        const skipped = test.status !== 'passed' && test.status !== 'failed';
        const output = skipped ? 'The test is skipped; nothing is skipped here.' : (test.failureMessages ?? []).join('\n');
        report.add('web', `${path}: ${test.fullName}`, test.status === 'passed', test.duration ?? 0, output);
    }
    if (file.status === 'failed' && file.assertionResults.every((test) => test.status === 'passed')) {
        report.add('web', `${path} loads`, false, 0, file.message);
    }
}

// tests/system/run.mjs shows its own progress and writes {tests: [{name, file, ok, ms, error}]} where --report says.
export async function runSystem(report, args, env = {}) {
    const out = `${process.cwd()}/build/reports/system.json`;
    rmSync(out, { force: true });
    const before = report.tests.length;
    const ended = await run('node', ['tests/system/run.mjs', '--report', out, ...args], { env, seconds: 7200, live: true });
    if (existsSync(out)) {
        for (const { name, ok, ms, error } of JSON.parse(readFileSync(out, 'utf8')).tests) report.add('system', name, ok === true, ms, error ?? '');
    }
    const seen = report.tests.slice(before);
    if (seen.length === 0 || (ended.code !== 0 && seen.every((test) => test.ok))) {
        report.add('system', `ends well (exit code ${ended.code})`, false, ended.ms);
    }
    report.tell('system', ended.ms);
}
