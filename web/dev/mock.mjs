// A stand-in for the server, for looking at the app without one: the built app from dist/, made-up channels, the real page's policy.
//   node dev/mock.mjs [--port 4173] [--live 6] [--video]
// With --video, the first channel plays ffmpeg's test picture as low-latency HLS.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startLiveSource } from './live_source.mjs';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const kTypes = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const kNames = ['Night Ferry', 'Cassette Garden', 'Ada Solders', 'Grandmaster Hours', 'Tidepool Radio', 'Low Orbit', 'The Bread Desk', 'Pixel Foundry'];
const kTitles = [
  'Crossing the Skagerrak in the dark, with the bridge radio on',
  'Tape loops until the rain stops',
  'Bringing a 1983 synthesiser back to life, part four',
  'Blitz against whoever shows up',
  '',
  'Tracking the 21:40 pass from a balcony in Lisbon',
  'Rye, day two: the crumb question',
  'Drawing every tile of a city nobody asked for',
];
const kCategories = ['Travel', 'Music', 'Making', 'Chess', 'Music', 'Science', 'Food & Drink', 'Art'];

const slugOf = (name) => name.toLowerCase().replaceAll(' ', '-');

function streamOf(at, startedAt) {
  return {
    id: `01J9Z${at}STREAM`,
    channelId: `01J9Z${at}CHANNEL`,
    title: kTitles[at],
    description: '',
    category: kCategories[at],
    status: 'LIVE',
    startTime: new Date(startedAt - at * 1_234_567).toISOString(),
    endTime: null,
    viewerCount: [1842, 317, 96, 54, 12, 7, 3, 1][at],
    peakViewers: [2210, 340, 121, 80, 20, 9, 4, 2][at],
    duration: 0,
    reason: '',
    reconnecting: at === 3,
    preview: false,
    hlsUrl: at === 0 ? '/media/live.m3u8' : '/media/none.m3u8',
    thumbnailUrl: null,
    hasVideo: true,
    hasAudio: true,
    channel: { id: `01J9Z${at}CHANNEL`, slug: slugOf(kNames[at]), name: kNames[at], avatar: null },
  };
}

function channelOf(at, stream) {
  return {
    id: `01J9Z${at}CHANNEL`,
    slug: slugOf(kNames[at]),
    name: kNames[at],
    description: 'Two people, one boat, and a camera that is taped to the rail.\nEvery crossing from cast-off to the harbour lights, with nothing cut out.',
    category: kCategories[at],
    tags: ['slow tv', 'night', 'sea'],
    language: 'en',
    isPublic: true,
    avatar: null,
    banner: null,
    followerCount: 1203,
    viewCount: 48211,
    createdAt: '2026-03-02T10:00:00Z',
    creatorId: `01J9Z${at}USER`,
    creator: { id: `01J9Z${at}USER`, username: slugOf(kNames[at]).replaceAll('-', '_'), displayName: kNames[at], avatar: null },
    socialLinks: { website: 'https://example.org', youtube: 'https://youtube.com/@example' },
    startsWith: 'auto',
    isFollowing: false,
    isOwner: false,
    stream,
  };
}

/** Starts the stand-in; answers its address and how to end it. `live` is how many channels are on air. */
export function startMock({ port = 0, live = 6, source = null } = {}) {
  const startedAt = Date.now() - 3_725_000;
  const site = {
    name: 'AeThex LIVE',
    logoUrl: null,
    supportAddress: 'help@example.org',
    termsUrl: '/terms',
    ingestUrl: 'rtmp://stream.example.org:1935/live',
    publicUrl: 'https://stream.example.org',
  };
  const streams = () => kNames.slice(0, live).map((_, at) => streamOf(at, startedAt));
  const channel = (slug) => {
    const at = kNames.findIndex((name) => slugOf(name) === slug);
    return at < 0 ? null : channelOf(at, streams()[at] ?? null);
  };

  function page(path) {
    const nonce = randomBytes(16).toString('base64');
    const slug = /^\/(?:streams|channel|embed)\/([^/]+)$/.exec(path)?.[1];
    const queries = [{ key: ['me'], data: null }, { key: ['streams', 'LIVE'], data: { items: streams(), next: null } }];
    if (slug) queries.push({ key: ['channel', slug], data: channel(slug) });
    const data = JSON.stringify({ site, queries }).replaceAll('<', '\\u003c');
    const { routes } = JSON.parse(readFileSync(join(dist, 'assets.json'), 'utf8'));
    const preloads = (slug ? routes[channel(slug)?.stream ? '/streams/{slug}?live' : '/streams/{slug}'].modulepreload : []).map((href) => `<link rel="modulepreload" href="${href}" nonce="${nonce}">`);
    const body = readFileSync(join(dist, 'index.html'), 'utf8')
      .replaceAll('__AE_NONCE__', nonce)
      .replace('<!--ae:head-->', `<title>${site.name}</title><meta name="description" content="Live channels.">${preloads.join('')}`)
      .replace('<!--ae:data-->', `<script type="application/json" id="initial-data" nonce="${nonce}">${data}</script>`);
    const policy = [
      "default-src 'none'",
      `script-src 'nonce-${nonce}' 'strict-dynamic'`,
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "manifest-src 'self'",
      "media-src 'self' blob:",
      "worker-src 'self' blob:",
      "connect-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join('; ');
    return { status: slug && !channel(slug) ? 404 : 200, type: kTypes['.html'], body, headers: { 'content-security-policy': policy } };
  }

  function api(path) {
    const json = (value, status = 200) => ({ status, type: status < 400 ? 'application/json' : 'application/problem+json', body: JSON.stringify(value) });
    if (path === '/api/site') return json(site);
    if (path === '/api/streams') return json({ items: streams(), next: null });
    const played = streams().find(({ id }) => path === `/api/streams/${id}/hls`);
    if (played) return json({ url: played.hlsUrl, expiresAt: '2030-01-01T00:00:00Z', preview: false, latencyMode: 'low', hasVideo: true, hasAudio: true, warnings: [] });
    const slug = /^\/api\/channels\/([^/]+)$/.exec(path)?.[1];
    const found = slug && channel(decodeURIComponent(slug));
    return found ? json(found) : json({ type: 'about:blank', title: 'Not Found', status: 404, code: 'channel_not_found' }, 404);
  }

  function file(folder, path) {
    const name = normalize(path);
    const packed = existsSync(join(folder, `${name}.br`));
    try {
      const body = readFileSync(join(folder, packed ? `${name}.br` : name));
      return { status: 200, type: kTypes[extname(name)] ?? 'application/octet-stream', body, headers: packed ? { 'content-encoding': 'br' } : {} };
    } catch {
      return null;
    }
  }

  async function media(name, query) {
    const body = source && (await source.answer(name, query));
    return body ? { status: 200, type: kTypes[extname(name)], body } : { status: 404, type: 'text/plain', body: '' };
  }

  function answer(path, query) {
    if (path.startsWith('/api/')) return api(path);
    if (path.startsWith('/media/')) return media(path.slice('/media/'.length), query);
    return (extname(path) && file(dist, path)) || page(path);
  }

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://mock');
    const { status, type, body, headers } = await answer(pathname, searchParams);
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers }).end(body);
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      resolve({ address: `http://127.0.0.1:${server.address().port}`, close: () => server.closeAllConnections() || server.close() });
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' }, live: { type: 'string', default: '6' }, video: { type: 'boolean', default: false } } });
  const source = values.video ? startLiveSource() : null;
  const { address } = await startMock({ port: Number(values.port), live: Number(values.live), source });
  console.log(address);
}
