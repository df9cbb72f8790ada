// Everything that is generated and committed. `./dev gen` writes it; `./dev check` and `./dev test` refuse a difference.
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { run } from '../dev/report.mjs';
import { licencesPage } from './licences.mjs';

async function outputOf(command, args, options) {
    const ended = await run(command, args, options);
    if (ended.code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${ended.output}`);
    return ended.stdout;
}

const server = 'build/dev/aethex';

// { path, when: is it there already, make: its text }. In this order: the web app's types come out of the contract.
export const generated = [
    { path: 'api/openapi.json', what: 'the contract', make: () => outputOf(server, ['openapi']) },
    { path: 'docs/config.md', what: 'the settings', make: () => outputOf(server, ['config', 'docs']) },
    { path: 'docs/schema.md', what: 'the schema', make: () => outputOf('build/dev/schema_docs', []) },
    { path: 'web/src/api/schema.ts', what: "the web app's types", make: makeWebTypes },
    { path: 'THIRD_PARTY.md', what: 'the licences', make: async () => licencesPage() },
];

// The generator writes in place: what it wrote is read, and what was there is put back as old as it was, or the app would be built again.
async function makeWebTypes() {
    const path = 'web/src/api/schema.ts';
    const before = existsSync(path) ? { text: readFileSync(path), stat: statSync(path) } : null;
    await outputOf('npm', ['run', '--silent', '--prefix', 'web', 'gen']);
    const made = readFileSync(path, 'utf8');
    if (before) {
        writeFileSync(path, before.text);
        utimesSync(path, before.stat.atime, before.stat.mtime);
    }
    return made;
}

export async function driftProblems({ path, make }) {
    let made;
    try {
        made = await make();
    } catch (error) {
        return [`${path}: ${error.message}`];
    }
    if (!existsSync(path)) return [`${path} is not there: ./dev gen`];
    const kept = readFileSync(path, 'utf8');
    if (kept === made) return [];
    return [`${path} differs from what the code says, first in line ${firstDifference(kept, made)}: ./dev gen`];
}

export function firstDifference(a, b) {
    const [left, right] = [a.split('\n'), b.split('\n')];
    const at = left.findIndex((line, index) => line !== right[index]);
    return (at === -1 ? left.length : at) + 1;
}

export async function generateAll() {
    for (const { path, what, make } of generated) {
        const made = await make();
        const same = existsSync(path) && readFileSync(path, 'utf8') === made;
        mkdirSync(dirname(path), { recursive: true });
        if (!same) writeFileSync(path, made);
        console.log(`   ${same ? 'as it was' : 'written  '}  ${path} (${what})`);
    }
}
