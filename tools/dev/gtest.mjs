// Runs GoogleTest programs. A test that is disabled or skips itself has not shown anything: it counts as failed.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';

import { run } from './report.mjs';

// The test programs of a preset: [{ room, path }]; `room` is the name of CMake's target without `test_`.
export function testPrograms(preset) {
    const names = readdirSync(`build/${preset}`).filter((name) => /^test_\w+$/.test(name));
    return declaredRooms(preset)
        .map((room) => room.replaceAll('/', '_'))
        .filter((room) => names.includes(`test_${room}`))
        .map((room) => ({ room, path: `build/${preset}/test_${room}` }));
}

// build/PRESET/rooms.txt: `path tier need,need` a line, written by ae_module().
export function declaredRooms(preset) {
    return readFileSync(`build/${preset}/rooms.txt`, 'utf8').trim().split('\n').map((line) => line.split(' ')[0]);
}

// `media/hls`, `media_hls` and `hls` all name the same room.
export function namesRoom(asked, room) {
    const name = asked.replaceAll('/', '_');
    return room === name || room.endsWith(`_${name}`);
}

export async function runGtest(report, preset, { room, path }, env = {}) {
    const json = `build/${preset}/results/${room}.json`;
    mkdirSync(`build/${preset}/results`, { recursive: true });
    rmSync(json, { force: true });
    const args = [`--gtest_output=json:${json}`, '--gtest_color=no', '--gtest_brief=1', '--gtest_also_run_disabled_tests=0'];
    const ended = await run(path, args, { env, seconds: 600 });
    let told = 0;
    if (existsSync(json)) {
        for (const suite of JSON.parse(readFileSync(json, 'utf8')).testsuites) {
            for (const test of suite.testsuite) {
                report.add(room, `${suite.name}.${test.name}`, ...verdict(test));
                if (test.failures) told += 1;
            }
        }
    }
    // A program that dies writes no list; a sanitizer may find something after the last test.
    if (ended.timedOut) report.add(room, 'ends within ten minutes', false, ended.ms, ended.output);
    else if (ended.code !== 0 && told === 0) report.add(room, `ends well (${ended.signal ?? `exit code ${ended.code}`})`, false, ended.ms, ended.output);
    report.tell(room, ended.ms);
}

function verdict(test) {
    const ms = Number.parseFloat(test.time) * 1000;
    if (test.failures) return [false, ms, test.failures.map((failure) => failure.failure).join('\n')];
    if (test.result === 'SKIPPED') return [false, ms, 'The test skipped itself; nothing is skipped here.'];
    if (test.status !== 'RUN') return [false, ms, 'The test is disabled; nothing is skipped here.'];
    return [true, ms];
}
