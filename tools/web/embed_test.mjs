import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { pack, tableSource } from './embed.mjs';

const asset = (path, variants) => ({ path, type: 'text/plain', size: 1, immutable: false, etag: '"t"', variants });

function withDist(files, use) {
    const dist = mkdtempSync(join(tmpdir(), 'embed-'));
    try {
        mkdirSync(join(dist, 'assets'));
        for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dist, name), bytes);
        return use(dist);
    } finally {
        rmSync(dist, { recursive: true });
    }
}

test('every form of every asset is found where the table says', () => {
    const list = { assets: [asset('/index.html', []), asset('/assets/a.js', ['br', 'gz'])], routes: {} };
    const files = { 'assets.json': JSON.stringify(list), 'index.html': '<p>', 'assets/a.js': 'script', 'assets/a.js.br': 'B', 'assets/a.js.gz': 'GG' };
    withDist(files, (dist) => {
        const { assets, blob } = pack(dist);
        const bytes = ({ at, length }) => blob.subarray(at, at + length).toString();
        assert.deepEqual(assets.map((a) => a.path), ['/assets/a.js', '/index.html'], 'sorted, so that the server can search');
        assert.deepEqual([assets[0].identity, assets[0].gzip, assets[0].brotli].map(bytes), ['script', 'GG', 'B']);
        assert.deepEqual([assets[1].identity, assets[1].gzip, assets[1].brotli].map(bytes), ['<p>', '', '']);
    });
});

test('a file that is listed and missing stops the build', () => {
    withDist({ 'assets.json': JSON.stringify({ assets: [asset('/gone.js', [])], routes: {} }) }, (dist) => {
        assert.throws(() => pack(dist), /gone.js/);
    });
});

test('routes carry what to load before it is asked for', () => {
    const source = tableSource({ assets: [], blob: Buffer.alloc(0), routes: { '/': { modulepreload: [] }, '/streams/{slug}': { modulepreload: ['/assets/a.js'] } } });
    assert.match(source, /constexpr std::string_view kPreload1\[\] = \{\n {4}R"\(\/assets\/a.js\)",/);
    assert.match(source, /EmbeddedRoute\{R"\(\/streams\/\{slug\}\)", kPreload1\}/);
});
