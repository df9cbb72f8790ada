// The judges of a playlist: hls.js's own parser and our strict linter.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { kBuild } from './places.mjs';
import { run } from './processes.mjs';

globalThis.self ??= globalThis;  // hls.js expects a browser's or a worker's global object
const { M3U8Parser, PlaylistLevelType } = await import('hls.js');

/** Throws when hls.js would not take it without complaint. Gives its details. */
export function parseWithHlsJs(text, url) {
    if (!M3U8Parser.isMediaPlaylist(text)) {
        const parsed = M3U8Parser.parseMasterPlaylist(text, url);
        if (parsed.playlistParsingError) throw parsed.playlistParsingError;
        if (parsed.levels.length === 0) throw new Error('hls.js finds no level in the master playlist');
        for (const level of parsed.levels) if (level.unknownCodecs?.length) throw new Error(`hls.js does not know ${level.unknownCodecs}`);
        return parsed;
    }
    const details = M3U8Parser.parseLevelPlaylist(text, url, 0, PlaylistLevelType.MAIN, 0, null);
    if (details.playlistParsingError) throw details.playlistParsingError;
    return details;
}

/** Our linter over a run of playlists of one stream, in the order in which they were served. */
export async function lint(playlists, kind = 'media') {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'aethex-lint-'));
    try {
        mkdirSync(folder, { recursive: true });
        const files = playlists.map((text, at) => {
            const file = path.join(folder, `${kind}-${String(at).padStart(5, '0')}.m3u8`);
            writeFileSync(file, text);
            return file;
        });
        const order = kind === 'media' ? ['--sequence'] : [];
        for (let at = 0; at < files.length; at += 500) await run(path.join(kBuild, 'hls_lint'), [...order, ...files.slice(Math.max(at - 1, 0), at + 500)]);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
