// Runs the test programs of a sanitizer's preset, then the whole server with a broadcast, and with hostile bytes beside one:
// `node tools/dev/sanitize.mjs asan|tsan [ROOM]`.
import { namesRoom, runGtest, testPrograms } from './gtest.mjs';
import { Report, inParallel } from './report.mjs';
import { runSystem } from './suites.mjs';

const [preset, room] = process.argv.slice(2);
const env = {
    AE_PRESET: preset,
    ASAN_OPTIONS: 'detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1',
    UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
    TSAN_OPTIONS: `halt_on_error=1:second_deadlock_stack=1:suppressions=${process.cwd()}/tools/dev/tsan.supp`,
    ASAN_SYMBOLIZER_PATH: '/usr/bin/llvm-symbolizer-19',
    TSAN_SYMBOLIZER_PATH: '/usr/bin/llvm-symbolizer-19',
};

const report = new Report();
console.log(`== tests with ${preset}`);
const programs = testPrograms(preset).filter((program) => !room || namesRoom(room, program.room));
await inParallel(programs.map((program) => () => runGtest(report, preset, program, env)), 2);
if (!room) {
    for (const journey of ['ffprobe plays', 'hostile']) await runSystem(report, [journey], env);
}
process.exit(report.finish(preset));
