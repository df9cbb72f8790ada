// clang-format over every C++ file, clang-tidy over those that a change touches.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';

import { inParallel, run } from '../dev/report.mjs';
import { isCpp, repositoryFiles } from '../files.mjs';

export async function checkFormat() {
    const files = repositoryFiles().filter(isCpp);
    if (files.length === 0) return [];
    const ended = await run('clang-format-19', ['--dry-run', '-Werror', '--ferror-limit=1', ...files]);
    if (ended.code === 0) return [];
    const untidy = [...new Set([...ended.output.matchAll(/^(\S+?):\d+:\d+: error/gm)].map((m) => m[1]))];
    return untidy.length ? untidy.map((path) => `${path}: clang-format-19 -i ${path}`) : [ended.output];
}

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

// Since main left us, or since the last commit when we are main; null when there is no history to compare with.
function changedSince() {
    const attempts = [() => git('merge-base', 'HEAD', 'origin/main'), () => git('merge-base', 'HEAD', 'main'), () => git('rev-parse', 'HEAD~1')];
    const head = git('rev-parse', 'HEAD');
    for (const attempt of attempts) {
        try {
            const base = attempt();
            if (base && base !== head) return base;
        } catch {
            // This clone does not know that name.
        }
    }
    return null;
}

function changedFiles() {
    const base = changedSince();
    if (!base) return null;
    const changed = [git('diff', '--name-only', base), git('ls-files', '--others', '--exclude-standard')].join('\n').split('\n');
    return new Set(changed.filter((path) => isCpp(path) && existsSync(path)));
}

// The units that the build knows; a changed header is looked at through the unit of its own name.
function unitsToTidy(all) {
    const units = JSON.parse(readFileSync('build/dev/compile_commands.json', 'utf8')).map(({ file }) => file);
    const ours = units.filter((file) => file.startsWith(`${resolve('src')}/`) || file.startsWith(`${resolve('bench')}/`) || file.startsWith(`${resolve('tests')}/`));
    const changed = all ? null : changedFiles();
    if (!changed) return ours;
    const touched = new Set([...changed].flatMap((path) => [path, path.replace(/\.hpp$/, '.cpp')]));
    return ours.filter((file) => touched.has(file.slice(resolve('.').length + 1)));
}

export async function checkTidy({ all = false } = {}) {
    if (!existsSync('build/dev/compile_commands.json')) return ['build/dev is not configured: ./dev build'];
    const problems = [];
    const units = unitsToTidy(all);
    console.log(`   (clang-tidy looks at ${units.length} files)`);
    const jobs = units.map((unit) => async () => {
        const ended = await run('clang-tidy-19', ['-p', 'build/dev', '--quiet', unit]);
        if (ended.code !== 0) problems.push(...findingsOf(ended.output));
    });
    await inParallel(jobs, cpus().length);
    return [...new Set(problems)];
}

function findingsOf(output) {
    const findings = output.split('\n').filter((line) => /: (?:error|warning): /.test(line)).map((line) => line.replace(`${resolve('.')}/`, ''));
    return findings.length ? findings : [output.trim()];
}
