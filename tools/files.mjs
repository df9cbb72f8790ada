// Files of the repository, as git sees them, for every tool here.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const lines = (text) => text.split('\n').filter(Boolean);

// What is tracked, and what is new and not ignored; without what was deleted.
export function repositoryFiles() {
    return lines(execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 1 << 26 }))
        .filter((path) => existsSync(path));
}

export function filesBelow(folder, suffix = '') {
    return repositoryFiles().filter((path) => path.startsWith(`${folder}/`) && path.endsWith(suffix));
}

export const isCpp = (path) => /\.(cpp|hpp)$/.test(path);

export const read = (path) => readFileSync(path, 'utf8');
