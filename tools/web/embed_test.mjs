import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { contentType, isImmutable, pack, servedFiles, tableSource } from './embed.mjs';

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

test('every form unpacks to the bytes of the file', () => {
    const script = 'export const answer = 42;\n'.repeat(200);
    withDist({ 'assets/index-4f2a91c7.js': script, 'index.html': '<!doctype html>' }, (dist) => {
        const { assets, blob } = pack(dist);
        const slice = ({ at, length }) => blob.subarray(at, at + length);
        assert.deepEqual(assets.map((a) => a.path), ['/assets/index-4f2a91c7.js', '/index.html']);
        assert.equal(slice(assets[0].identity).toString(), script);
        assert.equal(gunzipSync(slice(assets[0].gzip)).toString(), script);
        assert.equal(brotliDecompressSync(slice(assets[0].brotli)).toString(), script);
        assert.ok(assets[0].immutable && !assets[1].immutable);
        assert.equal(assets[1].brotli.length, 0, 'fifteen bytes are not worth a second form');
    });
});

test('the tag follows the content', () => {
    const tagOf = (text) => withDist({ 'index.html': text }, (dist) => pack(dist).assets[0].etag);
    assert.equal(tagOf('a'), tagOf('a'));
    assert.notEqual(tagOf('a'), tagOf('b'));
});

test('forms and hidden files have no address of their own', () => {
    assert.deepEqual(servedFiles(['.vite/manifest.json', 'a.js', 'a.js.br', 'a.js.gz', 'b.gz']), ['a.js', 'b.gz']);
});

test('a suffix without a type is refused', () => {
    assert.throws(() => contentType('x.exe'), /content type/);
});

test('names without a hash are not immutable', () => {
    assert.ok(isImmutable('/assets/geist-latin-wght-normal-BgDaEnEv.woff2'));
    assert.ok(!isImmutable('/favicon.svg'));
    assert.ok(!isImmutable('/assets/logo.svg'));
});

test('without files the table is empty and compiles', () => {
    assert.match(tableSource([]), /std::array<EmbeddedAsset, 0> kAssets;/);
});
