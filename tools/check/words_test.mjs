import assert from 'node:assert/strict';
import { test } from 'node:test';

import { wordProblems } from './words.mjs';

const found = (line) => wordProblems('a.cpp', `fine\n${line}\n`);

test('notes in the margin are refused, with their line', () => {
    assert.match(found(`// ${'TO'}DO: later`)[0], /^a.cpp:2: /);
    assert.equal(found(`// ${'FIX'}ME`).length, 1);
    assert.deepEqual(found('the fixmes of yesterday'), []);
});

test('addresses of registries are refused', () => {
    assert.equal(found(`"https://registry.${'npmjs'}.org/x"`).length, 1);
    assert.equal(found(`deb http://deb.${'debian'}.org/debian`).length, 1);
    assert.equal(found(`"resolved${'"'}: "https://elsewhere/x.tgz"`).length, 1);
});

test('paths of one machine are refused', () => {
    assert.equal(found(`cd /${'work'}/main`).length, 1);
    assert.equal(found(`"/${'home'}/ann/x"`).length, 1);
    assert.deepEqual(found('GET /api/work/main and ./work/x'), []);
});
