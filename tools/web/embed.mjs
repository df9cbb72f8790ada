// Packs the built web app into the server: `node embed.mjs DIST OUT` writes OUT/web_assets.bin (every file that DIST/assets.json lists, and
// its compressed forms), OUT/web_assets.S (which takes that file in as it is) and OUT/web_assets.cpp (the tables of src/app/web_assets.hpp).
// Without a DIST the tables are empty: the server then answers the API alone.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Lays the bytes behind one another; every asset then knows where its forms begin and how long they are.
export function pack(dist) {
    const { assets, routes } = JSON.parse(readFileSync(join(dist, 'assets.json'), 'utf8'));
    const pieces = [];
    let end = 0;
    const place = (path) => {
        const bytes = readFileSync(join(dist, path));
        const at = end;
        pieces.push(bytes);
        end += bytes.length;
        return { at, length: bytes.length };
    };
    const packed = assets.map(({ path, type, etag, immutable, variants }) => {
        const form = (suffix) => (variants.includes(suffix) ? place(`${path}.${suffix}`) : { at: 0, length: 0 });
        return { path, type, etag, immutable, identity: place(path), gzip: form('gz'), brotli: form('br') };
    });
    packed.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { assets: packed, routes, blob: Buffer.concat(pieces) };
}

// A text that holds neither `)"` nor a line's end, as C++ writes it.
const literal = (text) => `R"(${text})"`;

function assetRow(asset) {
    const span = ({ at, length }) => (length ? `{ae_web_blob + ${at}, ${length}}` : '{}');
    const { path, type, etag, immutable, identity, gzip, brotli } = asset;
    return `    EmbeddedAsset{${[literal(path), literal(type), literal(etag), immutable, span(identity), span(gzip), span(brotli)].join(', ')}},`;
}

const array = (type, name, rows) => (rows.length ? `constexpr ${type} ${name}[] = {\n${rows.join('\n')}\n};` : `constexpr std::span<const ${type}> ${name};`);

export function tableSource({ assets, routes, blob }) {
    const preloads = Object.entries(routes).map(([pattern, { modulepreload }]) => ({ pattern, files: modulepreload }));
    const lists = preloads.map(({ files }, index) => array('std::string_view', `kPreload${index}`, files.map((file) => `    ${literal(file)},`)));
    const rows = preloads.map(({ pattern }, index) => `    EmbeddedRoute{${literal(pattern)}, kPreload${index}},`);
    return `// Made by tools/web/embed.mjs.
#include "app/web_assets.hpp"

extern "C" const std::uint8_t ae_web_blob[${blob.length + 1}];

namespace ae::app {

namespace {
${[array('EmbeddedAsset', 'kAssets', assets.map(assetRow)), ...lists, array('EmbeddedRoute', 'kRoutes', rows)].join('\n')}
}  // namespace

std::span<const EmbeddedAsset> web_assets() { return kAssets; }
std::span<const EmbeddedRoute> web_routes() { return kRoutes; }

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
    const app = existsSync(join(dist, 'assets.json')) ? pack(dist) : { assets: [], routes: {}, blob: Buffer.alloc(0) };
    writeFileSync(join(out, 'web_assets.bin'), app.blob);
    writeFileSync(join(out, 'web_assets.S'), assemblySource(join(out, 'web_assets.bin')));
    writeFileSync(join(out, 'web_assets.cpp'), tableSource(app));
}
