import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linkProblems } from './documents.mjs';

const exists = (path) => path === 'docs/house.md';

test('a link to what is not there is refused, with its line', () => {
    assert.match(linkProblems('docs/a.md', 'x\n[b](attic.md)', exists)[0], /^docs\/a.md:2: links to attic.md/);
    assert.deepEqual(linkProblems('docs/a.md', '[b](house.md#rooms)', exists), []);
    assert.deepEqual(linkProblems('README.md', '[b](docs/house.md) [c](https://example.org/x) [d](#here)', exists), []);
});

test('a link in a block of code is none', () => {
    assert.deepEqual(linkProblems('a.md', '```\n[b](attic.md)\n```', exists), []);
});
