// Playlists and parts over HTTP/1.1 keep-alive: requests per processor second, ours from memory against nginx with sendfile
// serving the same bytes from its open-file cache.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { get, firstVariant, parseMedia } from '../tests/system/lib/hls.mjs';
import { media } from '../tests/system/lib/media.mjs';
import { pause } from '../tests/system/lib/until.mjs';
import { Nginx } from './lib/nginx.mjs';
import { alternate, kServerSide, kSmoke, load, ourServer, raiseSessions, replay, report, withThings } from './lib/runs.mjs';

const kSeconds = kSmoke ? 3 : 8;
const kConnections = 64;
const settings = { protocol: 'HTTP/1.1 keep-alive', tls: false, bitrate: '1 Mbit/s', server_cores: 1, connections: kConnections };

/** A live broadcast, stopped a moment ago: its window stays, and its bytes stay the same while they are counted. */
async function ours(things, what) {
    const server = await ourServer(things);
    const channel = await server.createChannel();
    const { file } = await media('onemegabit');
    await replay(things, file, [server.publishUrl(channel)], 12);
    const { url } = await firstVariant(await server.master('test'));
    await pause(12_500);
    const list = parseMedia((await get(url)).body.toString(), url);
    const urls = what === 'playlists' ? [url] : list.parts.slice(-10).map((part) => part.url);
    const bodies = await Promise.all(urls.map(async (one) => (await get(one)).body));
    return { server, urls, bodies, ...(await load('http_load', [...urls, '--connections', kConnections, '--seconds', kSeconds, '--pid', server.pid])) };
}

for (const what of ['playlists', 'parts']) {
    let bodies;
    await alternate(
        () => withThings(async (things) => {
            const { server, urls, bodies: fetched, ...figures } = await ours(things, what);
            bodies = fetched;
            report(`http_${what}`, 'aethex', { ...figures, body_bytes: Math.round(fetched.reduce((sum, body) => sum + body.length, 0) / fetched.length) }, settings);
        }),
        () => withThings(async (things) => {
            const root = path.join(things.folder, 'www');
            mkdirSync(root);
            bodies.forEach((body, at) => writeFileSync(path.join(root, `${at}.m4s`), body));
            const nginx = things.own(await Nginx.start(things.folder, { root, prefix: kServerSide }));
            raiseSessions();
            const urls = bodies.map((_, at) => `${nginx.http}/${at}.m4s`);
            report(`http_${what}`, 'nginx', await load('http_load', [...urls, '--connections', kConnections, '--seconds', kSeconds, '--pid', nginx.workerPid]),
                { ...settings, sendfile: true, workers: 1 });
        }),
    );
}
