import assert from 'node:assert/strict';
import { test } from 'node:test';

import { featureProblems, gtestNames, pageNames, parseFeatures, routeNames } from './features.mjs';

const kPage = `# Features

| feature | state | shown by |
|---|---|---|
| a list | done | \`Playlist.StartsAtOne\`, \`GET /api/streams\` |
| a dream | open | |
| a lie | done | \`Playlist.NoSuchTest\` |
| a claim | done | believe me |
| a slip | finished | |

| other | table |
|---|---|
| x | y |
`;
const known = (name) => ['Playlist.StartsAtOne', 'GET /api/streams'].includes(name);

test('a row marked done must name what exists', () => {
    const problems = featureProblems(parseFeatures(kPage), known);
    assert.equal(problems.length, 3);
    assert.match(problems[0], /:7: 'a lie' names `Playlist.NoSuchTest`/);
    assert.match(problems[1], /'a claim' is done but names no/);
    assert.match(problems[2], /'a slip' is 'finished'/);
});

test('tests, routes and pages are found where they are declared', () => {
    assert.deepEqual(gtestNames('TEST(Chunk, Reads) {}\nTEST_P(Db,  Writes) {}'), ['Chunk.Reads', 'Db.Writes']);
    assert.deepEqual(routeNames({ paths: { '/api/x/{id}': { get: {}, parameters: [] } } }), ['GET /api/x/{id}']);
    assert.deepEqual(pageNames("createRoute({ path: '/streams/$slug' }); path: '/'"), ['/streams/{slug}', '/']);
});
