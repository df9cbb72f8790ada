// What the server has said "yes" to is on disk: it is killed in the middle of registrations, new channels, follows and uploads, again and again.
import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { Postgres } from './lib/postgres.mjs';
import { Server } from './lib/server.mjs';
import { test } from './lib/suite.mjs';
import { pause } from './lib/until.mjs';

const kWorkers = 6;

/** Numbers that look random and are the same in each run. */
function numbers(seed) {
    let state = seed;
    return (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
}

/** A PNG of one colour, 64 by 64. */
function png(red, green, blue) {
    const chunk = (type, data) => {
        const body = Buffer.concat([Buffer.from(type), data]);
        const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
        size.writeUInt32BE(data.length);
        sum.writeUInt32BE(crc32(body));
        return Buffer.concat([size, body, sum]);
    };
    const header = Buffer.from([0, 0, 0, 64, 0, 0, 0, 64, 8, 2, 0, 0, 0]);
    const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(64 * 3, Buffer.from([red, green, blue]))]);
    return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(Array(64).fill(row)))), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes) {
    let sum = ~0;
    for (const byte of bytes) {
        sum ^= byte;
        for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
}

/** Somebody who signs up, makes a channel, follows others and has a picture, and keeps what was acknowledged. */
class Visitor {
    constructor(server, ledger, number) {
        // Each is a client of its own, behind a proxy that the server trusts.
        Object.assign(this, { server, ledger, number, cookie: '', address: `10.2.${number >> 8 & 255}.${number & 255}` });
    }

    /** The JSON of a success; null when the server died over it. A refusal is a failure of the test. */
    async ask(method, route, body) {
        const form = body instanceof FormData;
        let answer;
        let text;
        try {
            answer = await fetch(this.server.http + route, {
                method, body: form ? body : body && JSON.stringify(body),
                headers: { origin: this.server.http, cookie: this.cookie, 'x-forwarded-for': this.address, ...(body && !form ? { 'content-type': 'application/json' } : {}) },
            });
            text = await answer.text();
        } catch {
            return null;
        }
        // A server that is about to die of SIGKILL has no time for refusals; 503 is one that starts.
        if (answer.status === 503) return null;
        assert.ok(answer.ok, `${method} ${route} gave ${answer.status}: ${text}`);
        const cookies = answer.headers.getSetCookie();
        if (cookies.length > 0) this.cookie = cookies[0].split(';')[0];
        return text === '' ? {} : JSON.parse(text);
    }

    async live(random) {
        const { ledger, number } = this;
        const joined = await this.ask('POST', '/api/auth/register', { email: `p${number}@example.org`, password: `a good password ${number}` });
        if (!joined) return;
        const { user } = joined;
        ledger.users.set(user.id, { cookie: this.cookie });
        if (!(await this.ask('POST', '/api/auth/onboard', { username: `person${number}`, displayName: `Person ${number}` }))) return;
        ledger.users.get(user.id).username = `person${number}`;

        const channel = await this.ask('POST', '/api/channels', { name: `Channel ${number}`, slug: `channel-${number}` });
        if (!channel) return;
        ledger.channels.set(channel.id, { owner: this.cookie, followers: new Set() });

        const all = [...ledger.channels.keys()];
        for (let each = 0; each < 3; each++) {
            const followed = all[random(all.length)];
            if (!(await this.ask('POST', `/api/channels/${followed}/follow`))) return;
            ledger.channels.get(followed).followers.add(user.id);
        }

        const form = new FormData();
        form.set('file', new Blob([png(random(256), random(256), random(256))], { type: 'image/png' }), 'me.png');
        const picture = await this.ask('POST', '/api/upload/avatar', form);
        if (picture) ledger.pictures.set(user.id, picture.url);
    }
}

async function readBack(server, ledger) {
    const get = async (route, cookie = '') => {
        const answer = await fetch(server.http + route, { headers: { cookie } });
        assert.equal(answer.status, 200, `${route} gave ${answer.status}`);
        return answer.json();
    };
    for (const [id, { username, cookie }] of ledger.users) {
        const me = await get('/api/auth/user', cookie);
        assert.equal(me.id, id, 'the session is somebody else\'s');
        if (!username) continue;
        assert.equal(me.username, username);
        assert.equal((await get(`/api/users/${username}`)).id, id);
        const picture = ledger.pictures.get(id);
        if (!picture) continue;
        assert.equal(me.avatar, picture);
        assert.equal((await fetch(new URL(picture, server.http))).status, 200, `${picture} is lost`);
    }
    for (const [id, { owner, followers }] of ledger.channels) {
        const channel = await get(`/api/channels/${id}`, owner);
        assert.equal(channel.isOwner, true);
        const { items } = await get(`/api/channels/${id}/followers?limit=100`, owner);
        const found = items.map(({ user }) => user.id);
        assert.equal(new Set(found).size, found.length, 'somebody follows twice');
        assert.equal(channel.followerCount, found.length, `the count of ${id} is not its followers'`);
        for (const follower of followers) assert.ok(found.includes(follower), `${follower} follows ${id} no longer`);
    }
}

async function killAgainAndAgain(t, settings, rounds) {
    const server = t.own(await Server.start(t.folder(), {
        'accounts.register_limit': 100_000, 'accounts.login_limit': 100_000, 'accounts.password_memory': '8 MB', 'net.trusted_proxies': '127.0.0.0/8', ...settings,
    }));
    const ledger = { users: new Map(), channels: new Map(), pictures: new Map() };
    const random = numbers(20_261_120);
    let number = 0;
    for (let round = 0; round < rounds; round++) {
        let running = true;
        const workers = Array.from({ length: kWorkers }, async () => {
            while (running) await new Visitor(server, ledger, number++).live(random);
        });
        await pause(600 + random(900));
        await server.kill9();
        running = false;
        await Promise.all(workers);
        await server.start();
    }
    t.note(`${ledger.users.size} people, ${ledger.channels.size} channels, ${ledger.pictures.size} pictures`);
    assert.ok(ledger.users.size > rounds && ledger.channels.size > 0, 'nothing was acknowledged');
    await readBack(server, ledger);
}

for (const [full, rounds] of [[false, 5], [true, 50]]) {
    test(`kill -9, ${rounds} times, loses nothing that was acknowledged (SQLite)`, { full, timeoutMs: 30_000 + rounds * 6000 }, (t) => killAgainAndAgain(t, {}, rounds));
    test(`kill -9, ${rounds} times, loses nothing that was acknowledged (PostgreSQL)`, { full, timeoutMs: 30_000 + rounds * 6000 }, async (t) => {
        const postgres = t.own(await Postgres.start());
        await killAgainAndAgain(t, { 'db.url': postgres.url }, rounds);
    });
}
