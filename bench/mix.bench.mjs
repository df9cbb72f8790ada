// A thousand requests a second over twenty routes, one in ten of them a write; then the same while somebody guesses passwords. The load is a
// Node program (a third of a core at this rate): what is measured is the latency of a server that is far from its limit.
import http from 'node:http';
import { pause } from '../tests/system/lib/until.mjs';
import { kLoadSide, kSmoke, ourServer, percentile, raiseSessions, report, rounded, withThings } from './lib/runs.mjs';

const kRate = 1000;
const kSeconds = kSmoke ? 3 : 60;
const kAttackSeconds = kSmoke ? 2 : 20;
const kPeople = 20;
const kGuessesPerSecond = 40;
const settings = { protocol: 'HTTP/1.1 keep-alive', tls: false, database: 'SQLite', server_cores: 1, requests_per_second: kRate, routes: 20, writes: '10 %' };

const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });
let client = 0;

/** Answers { status, ms, json }. Each request is a client of its own, behind a proxy that the server trusts. */
function ask(origin, method, route, { cookie = '', body } = {}) {
    const began = performance.now();
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { origin, cookie, 'x-forwarded-for': `10.3.${(client >> 8) & 255}.${client++ & 255}` };
    if (text !== undefined) Object.assign(headers, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    return new Promise((resolve, reject) => {
        const request = http.request(origin + route, { method, agent, headers }, (answer) => {
            const chunks = [];
            answer.on('data', (chunk) => chunks.push(chunk));
            answer.on('end', () => {
                const all = Buffer.concat(chunks).toString();
                resolve({ status: answer.statusCode, ms: performance.now() - began, cookie: answer.headers['set-cookie']?.[0].split(';')[0], text: all });
            });
        });
        request.on('error', reject);
        request.end(text);
    });
}

async function people(origin) {
    const all = [];
    for (let each = 0; each < kPeople; each++) {
        const must = ({ status, text, ...rest }) => {
            if (status >= 300) throw new Error(`${status}: ${text}`);
            return { ...rest, json: text === '' ? {} : JSON.parse(text) };
        };
        const { cookie, json: { user } } = must(await ask(origin, 'POST', '/api/auth/register', { body: { email: `p${each}@example.org`, password: 'a long good password' } }));
        must(await ask(origin, 'POST', '/api/auth/onboard', { cookie, body: { username: `person${each}`, displayName: `Person ${each}` } }));
        const { json: channel } = must(await ask(origin, 'POST', '/api/channels', { cookie, body: { name: `Channel ${each}`, slug: `channel-${each}` } }));
        all.push({ cookie, id: user.id, username: `person${each}`, channel: channel.id, slug: `channel-${each}` });
    }
    return all;
}

/** Twenty routes; the last two are the writes, and get a tenth of the requests. */
function routes(all) {
    const one = (turn) => all[turn % all.length];
    const other = (turn) => all[(turn * 7 + 3) % all.length];
    const read = (path) => (turn) => ['GET', path(one(turn), other(turn)), { cookie: one(turn).cookie }];
    const stranger = (path) => (turn) => ['GET', path(one(turn)), {}];
    return [
        read((_, him) => `/api/channels/${him.slug}`), stranger((he) => `/api/channels/${he.slug}`), read((_, him) => `/api/channels/${him.channel}`), stranger(() => '/api/channels?limit=20'),
        stranger(() => '/api/channels?q=Channel'), stranger(() => '/api/categories'), read(() => '/api/channels?followed=true'), read(() => '/api/channels?mine=true'),
        read(() => '/api/auth/user'), read((_, him) => `/api/users/${him.username}`), stranger((he) => `/api/users/${he.id}/followers`), stranger((he) => `/api/users/${he.id}/following`),
        read(() => '/api/auth/sessions'), stranger(() => '/api/streams?status=LIVE'), stranger(() => '/api/streams?status=ARCHIVED'), stranger(() => '/api/site'),
        stranger((he) => `/streams/${he.slug}`), read((he) => `/api/channels/${he.slug}/followers`),
        (turn) => ['POST', `/api/channels/${other(turn).channel}/follow`, { cookie: one(turn).cookie }],
        (turn) => ['PUT', '/api/profile', { cookie: one(turn).cookie, body: { bio: `Turn ${turn}` } }],
    ];
}

/** So many requests a second for so long, each begun at its time whatever became of those before. */
async function load(origin, table, seconds) {
    const [times, refused] = [[], []];
    const under_way = new Set();
    const began = performance.now();
    const total = kRate * seconds;
    for (let turn = 0; turn < total;) {
        const due = Math.min(total, Math.floor(((performance.now() - began) * kRate) / 1000));
        for (; turn < due; turn++) {
            const place = turn % 10 === 9 ? 18 + (Math.floor(turn / 10) % 2) : turn % 18;
            const [method, route, options] = table[place](turn);
            const asked = ask(origin, method, route, options).then(({ status, ms, text }) => {
                times.push(ms);
                if (status >= 400) refused.push(`${method} ${route}: ${status} ${text.slice(0, 200)}`);
            }, (error) => refused.push(`${method} ${route}: ${error.message}`)).finally(() => under_way.delete(asked));
            under_way.add(asked);
        }
        await pause(1);
    }
    await Promise.all(under_way);
    if (refused.length > 0) throw new Error(`${refused.length} of ${total} requests failed, first ${refused[0]}`);
    return { requests: total, p50_ms: rounded(percentile(times, 0.5)), p99_ms: rounded(percentile(times, 0.99)) };
}

await withThings(async (things) => {
    // Passwords cost what they cost in production.
    const server = await ourServer(things, { 'net.trusted_proxies': '127.0.0.0/8', 'accounts.register_limit': 100_000 });
    raiseSessions();
    const all = await people(server.http);
    const table = routes(all);
    await load(server.http, table, 1);
    report('mix', 'aethex', await load(server.http, table, kSeconds), { ...settings, load: kLoadSide.join(' ') });

    let attacking = true;
    const guesses = { tried: 0, answered: {} };
    const attack = (async () => {
        const under_way = [];
        while (attacking) {
            guesses.tried++;
            under_way.push(ask(server.http, 'POST', '/api/auth/login', { body: { login: `person${guesses.tried % 20}`, password: `guess ${guesses.tried}` } })
                .then(({ status }) => (guesses.answered[status] = (guesses.answered[status] ?? 0) + 1)));
            await pause(1000 / kGuessesPerSecond);
        }
        await Promise.all(under_way);
    })();
    const figures = await load(server.http, table, kAttackSeconds);
    attacking = false;
    await attack;
    report('mix_attacked', 'aethex', { ...figures, guesses: guesses.tried, guesses_answered: guesses.answered }, { ...settings, guesses_per_second: kGuessesPerSecond });
});
