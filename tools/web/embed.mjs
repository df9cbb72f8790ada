// Packs web/dist into the server: `node embed.mjs DIST OUT` writes OUT/web_assets.bin (every file, and its gzip and brotli forms: those that
// lie beside it as FILE.gz and FILE.br, else made here where they are smaller), OUT/web_assets.S (which takes that file in as it is) and OUT/web_assets.cpp (the table of src/app/web_assets.hpp).
// Without a DIST the table is empty: the server then answers the API alone.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const kTypes = {
    '.avif': 'image/avif',
    '.css': 'text/css; charset=utf-8',
    '.gif': 'image/gif',
    '.html': 'text/html; charset=utf-8',
    '.ico': 'image/x-icon',
    '.jpg': 'image/jpeg',
    '.js': 'text/javascript; charset=utf-8',
    '.json': 'application/json',
    '.map': 'application/json',
    '.md': 'text/markdown; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8',
    '.mp3': 'audio/mpeg',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.txt': 'text/plain; charset=utf-8',
    '.wasm': 'application/wasm',
    '.webmanifest': 'application/manifest+json',
    '.webp': 'image/webp',
    '.woff': 'font/woff',
    '.woff2': 'font/woff2',
    '.xml': 'application/xml',
};
// Their content is compressed already.
const kPacked = new Set(['.avif', '.gif', '.jpg', '.mp3', '.png', '.webp', '.woff', '.woff2']);

export function contentType(path) {
    const type = kTypes[extname(path)];
    if (!type) throw new Error(`${path}: no content type is known for this suffix; add it to tools/web/embed.mjs`);
    return type;
}

// Vite puts a hash of the content into the names below /assets: those never change.
export function isImmutable(path) {
    return /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path);
}

export function filesBelow(folder) {
    const names = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
    return names.map((name) => name.split(sep).join('/')).sort();
}

// What has an address: not what a build tool keeps for itself (.vite), nor the forms of another file.
export function servedFiles(names) {
    const all = new Set(names);
    const isForm = (name) => /\.(gz|br)$/.test(name) && all.has(name.replace(/\.(gz|br)$/, ''));
    return names.filter((name) => !name.startsWith('.') && !name.includes('/.') && !isForm(name));
}

// A form is worth keeping when it saves a twentieth, and not for a few bytes.
function smaller(form, identity) {
    return identity.length >= 512 && form.length < identity.length * 0.95 ? form : null;
}

function formOf(path, suffix, make) {
    if (existsSync(path + suffix)) return readFileSync(path + suffix);
    if (kPacked.has(extname(path))) return null;
    const identity = readFileSync(path);
    return smaller(make(identity), identity);
}

const gzip = (bytes) => gzipSync(bytes, { level: 9 });
const brotli = (bytes) =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

export function pack(dist) {
    const pieces = [];
    let end = 0;
    const place = (bytes) => {
        if (!bytes) return { at: 0, length: 0 };
        const at = end;
        pieces.push(bytes);
        end += bytes.length;
        return { at, length: bytes.length };
    };
    const assets = servedFiles(filesBelow(dist)).map((name) => {
        const identity = readFileSync(join(dist, name));
        return {
            path: `/${name}`,
            type: contentType(name),
            etag: createHash('sha256').update(identity).digest('hex').slice(0, 20),
            immutable: isImmutable(`/${name}`),
            identity: place(identity),
            gzip: place(formOf(join(dist, name), '.gz', gzip)),
            brotli: place(formOf(join(dist, name), '.br', brotli)),
        };
    });
    return { assets, blob: Buffer.concat(pieces) };
}

export function tableSource(assets) {
    const span = ({ at, length }) => `{ae_web_blob + ${at}, ${length}}`;
    const rows = assets.map(
        (a) =>
            `    {${JSON.stringify(a.path)}, ${JSON.stringify(a.type)}, R"("${a.etag}")", ${a.immutable}, ` +
            `${span(a.identity)}, ${span(a.gzip)}, ${span(a.brotli)}},`,
    );
    const table = `const std::array<EmbeddedAsset, ${assets.length}> kAssets{{\n${rows.join('\n')}\n}};`;
    return `// Made by tools/web/embed.mjs.
#include "app/web_assets.hpp"

#include <array>

extern "C" const std::uint8_t ae_web_blob[];

namespace ae::app {

namespace {
${assets.length ? table : 'const std::array<EmbeddedAsset, 0> kAssets;'}
}  // namespace

std::span<const EmbeddedAsset> web_assets() { return kAssets; }

}  // namespace ae::app
`;
}

function assemblySource(blob) {
    return `    .section .rodata
    .global ae_web_blob
    .balign 64
ae_web_blob:
    .incbin ${JSON.stringify(blob)}
    .byte 0
    .section .note.GNU-stack,"",@progbits
`;
}

if (process.argv[1]?.endsWith('embed.mjs')) {
    const [dist, out] = process.argv.slice(2);
    mkdirSync(out, { recursive: true });
    const { assets, blob } = existsSync(dist) ? pack(dist) : { assets: [], blob: Buffer.alloc(0) };
    writeFileSync(join(out, 'web_assets.bin'), blob);
    writeFileSync(join(out, 'web_assets.S'), assemblySource(join(out, 'web_assets.bin')));
    writeFileSync(join(out, 'web_assets.cpp'), tableSource(assets));
}
