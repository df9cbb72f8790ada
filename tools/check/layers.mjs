// The one rule of the house: a room includes only rooms that it declares, all of them lower; of a neighbour on its own tier it may
// include `events.hpp` alone. `node tools/check/layers.mjs [rooms.txt]`.
import { existsSync } from 'node:fs';

import { filesBelow, isCpp, read } from '../files.mjs';
import { lineOf, withoutComments } from './cpp_text.mjs';

// `path tier need,need` a line, in the order of declaration.
export function parseRooms(text) {
    const rooms = new Map();
    for (const line of text.trim().split('\n')) {
        const [path, tier, needs = ''] = line.split(' ');
        rooms.set(path, { path, tier: Number(tier), needs: needs.split(',').filter(Boolean), order: rooms.size });
    }
    return rooms;
}

const folderOf = (path) => path.replace(/\/[^/]*$/, '');

// The room that a path below src is in: the longest declared one.
export function roomOf(rooms, path) {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
        if (rooms.has(folder)) return rooms.get(folder);
        if (!folder.includes('/')) return null;
    }
}

export function includesOf(source) {
    const text = withoutComments(source);
    return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]/gm)].map((m) => ({ path: m[2], quoted: m[1] === '"', line: lineOf(text, m.index) }));
}

// Declarations first: an arrow that runs up is refused even when nobody uses it.
export function declarationProblems(rooms) {
    const problems = [];
    for (const room of rooms.values()) {
        for (const need of room.needs) {
            const other = rooms.get(need);
            if (!other) problems.push(`${room.path} needs ${need}, which is no room`);
            else if (!looksDown(room, other)) problems.push(`${room.path} (tier ${room.tier}) may not need ${need} (tier ${other.tier})`);
        }
    }
    return problems;
}

// Lower, or beside it in the same folder and declared before it (media/hls needs media/mp4).
function looksDown(room, other) {
    if (other.tier !== room.tier) return other.tier < room.tier;
    return room.path.includes('/') && folderOf(room.path) === folderOf(other.path) && other.order < room.order;
}

// What is wrong with an include of `path` from a file of `room`; null when nothing is.
export function includeProblem(rooms, room, path) {
    if (path.includes('..')) return `"${path}" goes up by ..; write the path from src`;
    if (!path.includes('/')) return `"${path}" does not name its room; write the path from src`;
    const other = roomOf(rooms, path);
    if (!other) return `"${path}" is in no room`;
    if (other === room || room.needs.includes(other.path)) return null;
    if (other.tier === room.tier && path === `${other.path}/events.hpp`) return null;
    if (other.tier < room.tier) return `"${path}": ${room.path} does not declare that it needs ${other.path}`;
    if (other.tier === room.tier) return `"${path}": of its neighbour ${other.path}, ${room.path} may include events.hpp alone`;
    return `"${path}": ${room.path} (tier ${room.tier}) looks up at ${other.path} (tier ${other.tier})`;
}

export function fileProblems(rooms, path, source) {
    const inSrc = path.replace(/^src\//, '');
    const room = inSrc.includes('/') ? roomOf(rooms, inSrc) : { path: 'main', tier: Infinity, needs: ['app'] };
    if (!room) return [`${path}: is in no room`];
    const tops = new Set([...rooms.keys()].map((name) => name.split('/')[0]));
    const problems = [];
    for (const include of includesOf(source)) {
        const ours = include.quoted || tops.has(include.path.split('/')[0]);
        const problem = ours && includeProblem(rooms, room, include.path);
        if (problem) problems.push(`${path}:${include.line}: ${problem}`);
    }
    return problems;
}

export function checkLayers(roomsPath = 'build/dev/rooms.txt') {
    if (!existsSync(roomsPath)) return [`${roomsPath} is not there: configure first (./dev build)`];
    const rooms = parseRooms(read(roomsPath));
    const files = filesBelow('src').filter(isCpp);
    return [...declarationProblems(rooms), ...files.flatMap((path) => fileProblems(rooms, path, read(path)))];
}

if (process.argv[1]?.endsWith('layers.mjs')) {
    const problems = checkLayers(process.argv[2]);
    for (const problem of problems) console.log(problem);
    process.exit(problems.length ? 1 : 0);
}
