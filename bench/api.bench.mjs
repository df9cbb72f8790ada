// A channel by its slug, out of PostgreSQL, over HTTP/1.1 keep-alive: answers per processor second of the server, ours against a Next.js
// route with `pg` in its production build, over the same tables of the same database.
import path from 'node:path';
import { kRoot } from '../tests/system/lib/places.mjs';
import { Postgres } from '../tests/system/lib/postgres.mjs';
import { Child, freePort, run } from '../tests/system/lib/processes.mjs';
import { until } from '../tests/system/lib/until.mjs';
import { alternate, kServerSide, kSmoke, load, ourServer, raiseSessions, report, withThings } from './lib/runs.mjs';

const kSeconds = kSmoke ? 3 : 8;
const kConnections = 32;
const settings = { protocol: 'HTTP/1.1 keep-alive', tls: false, database: 'PostgreSQL 15 on the other processor', server_cores: 1, connections: kConnections };
const kPeer = path.join(kRoot, 'bench', 'next');

await withThings(async (things) => {
    const postgres = things.own(await Postgres.start());
    // The load is a proxy in front of 1 000 clients, each of whom stays within the limit of the route.
    const server = await ourServer(things, { 'db.url': postgres.url, 'net.trusted_proxies': '127.0.0.0/8' });
    for (let each = 0; each < 20; each++) await server.createChannel(`Channel ${each}`, `channel-${each}`);
    const urls = (origin) => Array.from({ length: 20 }, (_, each) => `${origin}/api/channels/channel-${each}`);
    const figures = (origin, pid) => load('http_load', [...urls(origin), '--clients', 50, '--connections', kConnections, '--seconds', kSeconds, '--pid', pid]);

    const next = async () => {
        const port = await freePort();
        const [command, ...args] = [...kServerSide, process.execPath, path.join(kPeer, 'node_modules/next/dist/bin/next'), 'start', '-p', String(port), '-H', '127.0.0.1'];
        const child = things.own(new Child(command, args, { cwd: kPeer, env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', DATABASE_URL: postgres.url } }));
        await until('Next.js answers', async () => {
            if (!child.running) throw new Error(child.output);
            return (await fetch(urls(`http://127.0.0.1:${port}`)[0])).ok;
        });
        raiseSessions();
        return { origin: `http://127.0.0.1:${port}`, pid: child.pid };
    };
    if (!kSmoke) await run(process.execPath, [path.join(kPeer, 'node_modules/next/dist/bin/next'), 'build'], { cwd: kPeer, timeoutMs: 300_000, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } });
    const peer = kSmoke ? null : await next();
    await alternate(
        async () => report('api_channel', 'aethex', await figures(server.http, server.pid), settings),
        async () => report('api_channel', 'next', await figures(peer.origin, peer.pid), settings),
    );
});
