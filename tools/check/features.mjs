// docs/features.md says of every feature whether it is there. A row marked done names what shows it: a test, a route or a page, each in
// backquotes, and each has to exist. What can be named: `Suite.Test` (GoogleTest), `GET /api/path` (in api/openapi.json), `/a/page` (of the
// web app's router), `tests/system/x.mjs` or any other file with tests in it.
import { existsSync } from 'node:fs';

import { filesBelow, read } from '../files.mjs';

export const kStates = ['done', 'part', 'open', "operator's"];

// Rows of every table whose second column is called `state`: [{ line, feature, state, shownBy: [name] }].
export function parseFeatures(text) {
    const rows = [];
    let inTable = false;
    text.split('\n').forEach((line, index) => {
        if (!line.startsWith('|')) {
            inTable = false;
            return;
        }
        const cells = line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim());
        if (cells[1] === 'state') inTable = true;
        else if (inTable && !/^:?-+:?$/.test(cells[0])) {
            const [feature, state = '', shown = ''] = cells;
            rows.push({ line: index + 1, feature, state, shownBy: [...shown.matchAll(/`([^`]+)`/g)].map((m) => m[1]) });
        }
    });
    return rows;
}

export function featureProblems(rows, known) {
    const problems = [];
    for (const { line, feature, state, shownBy } of rows) {
        const tell = (problem) => problems.push(`docs/features.md:${line}: '${feature}' ${problem}`);
        if (!kStates.includes(state)) tell(`is '${state}'; it can be ${kStates.join(', ')}`);
        if (state === 'done' && shownBy.length === 0) tell('is done but names no test, route or page that shows it');
        for (const name of shownBy) {
            if (!known(name)) tell(`names \`${name}\`, and there is no such test, route or page`);
        }
    }
    return problems;
}

export function gtestNames(source) {
    return [...source.matchAll(/\b(?:TEST|TEST_F|TEST_P|TYPED_TEST)\(\s*(\w+)\s*,\s*(\w+)\s*\)/g)].map((m) => `${m[1]}.${m[2]}`);
}

export function routeNames(openapi) {
    const methods = ['get', 'post', 'put', 'patch', 'delete', 'head'];
    return Object.entries(openapi.paths ?? {}).flatMap(([path, item]) => methods.filter((m) => item[m]).map((m) => `${m.toUpperCase()} ${path}`));
}

// TanStack writes `/streams/$slug`; documents write `/streams/{slug}`.
export function pageNames(source) {
    return [...source.matchAll(/\bpath:\s*['"]([^'"]*)['"]|createFileRoute\(\s*['"]([^'"]*)['"]/g)].map((m) => {
        const path = (m[1] ?? m[2]).replace(/\$(\w+)/g, '{$1}');
        return path.startsWith('/') ? path : `/${path}`;
    });
}

function knownNames() {
    const tests = filesBelow('src', '_test.cpp').flatMap((path) => gtestNames(read(path)));
    const routes = existsSync('api/openapi.json') ? routeNames(JSON.parse(read('api/openapi.json'))) : [];
    const pages = filesBelow('web/src').filter((path) => /\.tsx?$/.test(path)).flatMap((path) => pageNames(read(path)));
    return new Set([...tests, ...routes, ...pages]);
}

const isTestFile = (name) => /(?:^tests\/|_test\.|\.test\.|_fuzz\.|_bench\.|^bench\/)/.test(name) && existsSync(name);

export function checkFeatures() {
    if (!existsSync('docs/features.md')) return ['docs/features.md is not there'];
    const rows = parseFeatures(read('docs/features.md'));
    if (rows.length === 0) return ['docs/features.md has no table with a column `state`'];
    const names = knownNames();
    return featureProblems(rows, (name) => names.has(name) || isTestFile(name));
}
