import assert from 'node:assert/strict';
import { test } from 'node:test';

import { declarationProblems, fileProblems, parseRooms } from './layers.mjs';

const rooms = parseRooms(`base 0
io 1 base
media/mp4 3 base
media/hls 3 base,media/mp4
chat 5 base,io
live 5 base,io,media/hls
app 7 base,live
`);

const problemsOf = (path, ...includes) => fileProblems(rooms, path, includes.map((name) => `#include "${name}"\n`).join(''));

test('a room may include itself and what it declares', () => {
    assert.deepEqual(problemsOf('src/live/page.cpp', 'live/page.hpp', 'base/id.hpp', 'media/hls/playlist.hpp'), []);
});

test('main may include the app alone', () => {
    assert.deepEqual(problemsOf('src/main.cpp', 'app/app.hpp'), []);
    assert.match(problemsOf('src/main.cpp', 'live/page.hpp')[0], /main/);
});

test('a lower room that is not declared is refused, with its line', () => {
    assert.match(problemsOf('src/chat/room.cpp', 'base/id.hpp', 'media/mp4/box.hpp')[0], /^src\/chat\/room.cpp:2: .*does not declare/);
});

test('a room above is refused', () => {
    assert.match(problemsOf('src/io/shard.hpp', 'live/page.hpp')[0], /looks up at live/);
});

test('of a neighbour, events.hpp alone', () => {
    assert.deepEqual(problemsOf('src/chat/room.cpp', 'live/events.hpp'), []);
    assert.match(problemsOf('src/chat/room.cpp', 'live/page.hpp')[0], /events.hpp alone/);
});

test('angle brackets hide nothing', () => {
    assert.match(fileProblems(rooms, 'src/io/shard.hpp', '#include <live/page.hpp>\n#include <vector>\n')[0], /looks up/);
});

test('a path that leaves out its room, or climbs, is refused', () => {
    assert.match(problemsOf('src/live/page.cpp', 'page.hpp')[0], /name its room/);
    assert.match(problemsOf('src/live/page.cpp', '../chat/room.hpp')[0], /goes up/);
});

test('a file in no room is refused', () => {
    assert.match(problemsOf('src/attic/box.cpp', 'base/id.hpp')[0], /in no room/);
    assert.match(problemsOf('src/live/page.cpp', 'attic/box.hpp')[0], /in no room/);
});

test('an include in a comment is none', () => {
    assert.deepEqual(fileProblems(rooms, 'src/base/id.cpp', '// #include "app/app.hpp"\n/*\n#include "app/app.hpp"\n*/\n'), []);
});

test('declarations look down, or back within a folder', () => {
    assert.deepEqual(declarationProblems(rooms), []);
    assert.match(declarationProblems(parseRooms('base 0 live\nlive 5 base\n'))[0], /may not need live/);
    assert.match(declarationProblems(parseRooms('media/hls 3 media/mp4\nmedia/mp4 3\n'))[0], /may not need media\/mp4/);
    assert.match(declarationProblems(parseRooms('chat 5\nlive 5 chat\n'))[0], /may not need chat/);
    assert.match(declarationProblems(parseRooms('live 5 attic\n'))[0], /no room/);
});
