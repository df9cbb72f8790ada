// Puts a .br and a .gz beside every file that gets smaller by it, and writes dist/assets.json: what the server must know to serve them.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { closureOf, dist, entryOf, filesOf, readManifest } from './dist.mjs';

const kTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const kAlreadySmall = new Set(['.png', '.woff2']);
// The server writes into this one, so it compresses it itself.
const kTemplate = 'index.html';

function variantsOf(path, bytes) {
  if (kAlreadySmall.has(extname(path)) || path === kTemplate) return [];
  const made = [
    ['.br', brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })],
    ['.gz', gzipSync(bytes, { level: 9 })],
  ].filter(([, packed]) => packed.length < bytes.length * 0.95);
  for (const [suffix, packed] of made) writeFileSync(join(dist, path + suffix), packed);
  return made.map(([suffix]) => suffix.slice(1));
}

function describe(path) {
  const type = kTypes[extname(path)];
  if (!type) throw new Error(`no media type for ${path}: add it to kTypes`);
  const bytes = readFileSync(join(dist, path));
  return {
    path: `/${path}`,
    type,
    size: bytes.length,
    // Vite puts a hash of the contents into every name in this folder.
    immutable: path.startsWith('assets/'),
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    variants: variantsOf(path, bytes),
  };
}

/** The files that the page of a route needs beyond the ones that index.html names, worth a <link rel="modulepreload">. */
function preloadsOf(manifest, keys) {
  const known = closureOf(manifest, entryOf(manifest));
  const files = keys.flatMap((key) => [...closureOf(manifest, key)].filter((each) => !known.has(each)).map((each) => `/${manifest[each].file}`));
  return [...new Set(files)];
}

const manifest = readManifest();
// Pages whose code is fetched besides the entry, with the words that they speak in English.
const kPeople = 'messages/en.people.json';
const kPages = {
  '/auth/register': 'RegisterPage',
  '/auth/login': 'LoginPage',
  '/auth/verify': 'VerifyPage',
  '/auth/reset': 'ResetPage',
  '/auth/onboard': 'OnboardPage',
  '/auth/setup': 'SetupPage',
  '/dashboard': 'DashboardPage',
  '/dashboard/channel': 'OwnChannelsPage',
  '/dashboard/profile': 'ProfilePage',
  '/settings': 'SettingsPage',
  '/channel/{username}': 'ChannelPage',
};
const routes = {
  ...Object.fromEntries(Object.entries(kPages).map(([path, page]) => [path, { modulepreload: preloadsOf(manifest, [`src/routes/${page}.tsx`, kPeople]) }])),
  '/': { modulepreload: [] },
  '/streams/{slug}': { modulepreload: preloadsOf(manifest, ['src/routes/StreamPage.tsx']) },
  '/embed/{slug}': { modulepreload: preloadsOf(manifest, ['src/routes/EmbedPage.tsx']) },
  '/embed/{slug}?live': { modulepreload: preloadsOf(manifest, ['src/routes/EmbedPage.tsx', 'src/player/hls_session.ts']) },
  // The same page while the channel is on air: only then there is something to play.
  '/streams/{slug}?live': { modulepreload: preloadsOf(manifest, ['src/routes/StreamPage.tsx', 'src/player/hls_session.ts']) },
};
rmSync(join(dist, '.vite'), { recursive: true });
const assets = filesOf().map(describe);
writeFileSync(join(dist, 'assets.json'), `${JSON.stringify({ template: `/${kTemplate}`, assets, routes, manifest }, null, 2)}\n`);
