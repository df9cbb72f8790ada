// Who somebody is on another's word: a real provider of OpenID Connect, and Clerk's and Svix's own libraries.
import assert from 'node:assert/strict';
import { createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import http from 'node:http';
import { verifyToken } from '@clerk/backend';
import { Webhook } from 'svix';
import { BrowserSession } from './lib/browser_session.mjs';
import { OidcPeer } from './lib/oidc_peer.mjs';
import { freePort } from './lib/processes.mjs';
import { Server } from './lib/server.mjs';
import { test } from './lib/suite.mjs';
import { until } from './lib/until.mjs';

/** A server whose address is known before it starts: providers want to know it. */
async function serverAt(t, settings) {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const server = t.own(await Server.start(t.folder(), { 'http.listen': `127.0.0.1:${port}`, 'site.public_url': origin, ...settings(origin) }));
    server.http = origin;
    return server;
}

async function withProvider(t, more = {}) {
    const peer = t.own(await OidcPeer.start());
    const server = await serverAt(t, (origin) => {
        peer.redirectUri = `${origin}/api/auth/oidc/peer/callback`;
        return { 'oidc.providers': `peer ${peer.issuer} live-client The peer`, 'oidc.secrets': `peer=${peer.secret}`, 'oidc.private_providers': 'peer', ...more };
    });
    peer.open();
    return { peer, server };
}

/** Goes to the provider and back as a browser does; answers what the callback said. */
async function signIn(server, peer, who, next = '/dashboard') {
    const browser = new BrowserSession(server);
    const departure = await browser.get(`/api/auth/oidc/peer/start?next=${encodeURIComponent(next)}`);
    assert.equal(departure.status, 302);
    const back = await peer.visit(departure.headers.get('location'), who);
    const arrival = await browser.get(back.replace(server.http, ''));
    return { browser, arrival, back };
}

test('a real provider of OpenID Connect signs people in', {}, async (t) => {
    const { peer, server } = await withProvider(t);
    const listed = await server.json('/api/auth/providers');
    assert.deepEqual(listed.oidc, [{ name: 'peer', title: 'The peer', startUrl: '/api/auth/oidc/peer/start' }]);

    const first = await signIn(server, peer, { sub: 'ada', email: 'ada@example.org', email_verified: true, name: 'Ada' });
    assert.equal(first.arrival.status, 302);
    assert.equal(first.arrival.headers.get('location'), '/auth/onboard?next=%2Fdashboard');
    const me = (await first.browser.get('/api/auth/user')).body;
    assert.equal(me.email, 'ada@example.org');
    assert.equal(me.emailVerified, true);
    assert.equal(me.displayName, 'Ada');

    const again = await signIn(server, peer, { sub: 'ada', email: 'ada@example.org', email_verified: true });
    assert.equal((await again.browser.get('/api/auth/user')).body.id, me.id);
    const other = await signIn(server, peer, { sub: 'bob', email: 'bob@example.org', email_verified: true });
    assert.notEqual((await other.browser.get('/api/auth/user')).body.id, me.id);

    // The way back works once, and in the browser that went.
    const stolen = await new BrowserSession(server).get(again.back.replace(server.http, ''));
    assert.equal(stolen.headers.get('location'), '/auth/login?error=oidc_ticket_invalid');
    const twice = await again.browser.get(again.back.replace(server.http, ''));
    assert.equal(twice.headers.get('location'), '/auth/login?error=oidc_ticket_invalid');
    assert.ok(!server.log.includes(peer.secret), 'the client secret is in the log');
});

test('an address that the provider did not verify takes over nobody', {}, async (t) => {
    const { peer, server } = await withProvider(t);
    const bob = await new BrowserSession(server).register('bob@example.org');
    for (const verified of [false, true]) {
        const { arrival, browser } = await signIn(server, peer, { sub: 'eve', email: 'bob@example.org', email_verified: verified });
        assert.equal(arrival.headers.get('location'), '/auth/login?error=email_taken');
        assert.equal((await browser.get('/api/auth/user')).status, 401);
    }
    assert.ok(bob.id);
});

test('a provider in a private network is not reached unless the operator says so', {}, async (t) => {
    let asked = 0;
    const canary = http.createServer((request, answer) => {
        asked++;
        answer.end('{}');
    });
    await new Promise((resolve) => {
        canary.listen(0, '127.0.0.1', resolve);
    });
    t.atEnd(() => canary.close());
    const { port } = canary.address();
    const places = ['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0', '[::1]', '[::ffff:127.0.0.1]', '169.254.169.254', '10.0.0.1', '192.168.0.1'];
    const server = await serverAt(t, () => ({ 'oidc.providers': places.map((place, at) => `p${at} https://${place}:${port} client`).join(',') }));
    for (const at of places.keys()) {
        const answer = await new BrowserSession(server).get(`/api/auth/oidc/p${at}/start`);
        assert.equal(answer.headers.get('location'), '/auth/login?error=oidc_provider_unavailable', places[at]);
    }
    assert.equal(asked, 0, 'somebody was reached');
});

// Clerk

const base64url = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

class ClerkPeer {
    static async start() {
        const clerk = new ClerkPeer();
        clerk.pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
        clerk.pem = clerk.pair.publicKey.export({ type: 'spki', format: 'pem' });
        const jwk = { ...clerk.pair.publicKey.export({ format: 'jwk' }), kid: 'ins_1', use: 'sig', alg: 'RS256' };
        clerk.server = http.createServer((request, answer) => answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] })));
        await new Promise((resolve) => {
            clerk.server.listen(0, '127.0.0.1', resolve);
        });
        clerk.issuer = `http://127.0.0.1:${clerk.server.address().port}`;
        clerk.webhookSecret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;
        return clerk;
    }

    claims(more = {}) {
        const now = Math.floor(Date.now() / 1000);
        return { iss: this.issuer, sub: 'user_1', sid: 'sess_1', azp: 'https://live.example.org', exp: now + 60, nbf: now - 10, iat: now - 10, fva: [1, -1], ...more };
    }

    token(claims = this.claims(), header = {}, key = this.pair.privateKey) {
        const head = { alg: 'RS256', kid: 'ins_1', typ: 'JWT', ...header };
        const signed = `${base64url(head)}.${base64url(claims)}`;
        return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`;
    }

    /** What Clerk's own library says. */
    async accepts(token) {
        try {
            await verifyToken(token, { jwtKey: this.pem, authorizedParties: ['https://live.example.org'] });
            return true;
        } catch {
            return false;
        }
    }

    settings() {
        return {
            'clerk.issuer': this.issuer, 'clerk.is_private': 'true', 'clerk.authorized_parties': 'https://live.example.org', 'clerk.webhook_secrets': this.webhookSecret,
        };
    }

    close() {
        this.server.close();
    }
}

/** Sends a webhook signed by Svix's own library. */
async function sendWebhook(server, secret, event, { id = `msg_${randomUUID()}`, at = new Date(), change = (headers) => headers, body = JSON.stringify(event) } = {}) {
    const signature = new Webhook(secret).sign(id, at, JSON.stringify(event));
    const headers = change({ 'svix-id': id, 'svix-timestamp': String(Math.floor(at.getTime() / 1000)), 'svix-signature': signature });
    const answer = await fetch(`${server.http}/api/webhooks/clerk`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
    const text = await answer.text();
    return { status: answer.status, code: text ? JSON.parse(text).code : null };
}

const userEvent = (type, email, updatedAt = Date.now()) => ({
    type, object: 'event',
    data: {
        id: 'user_1', first_name: 'Ada', last_name: 'Lovelace', primary_email_address_id: 'idn_1', updated_at: updatedAt,
        email_addresses: [{ id: 'idn_1', email_address: email, verification: { status: 'verified' } }],
    },
});

test("what Clerk's own library accepts we accept, and twelve forgeries are refused by both", {}, async (t) => {
    const clerk = t.own(await ClerkPeer.start());
    const server = t.own(await Server.start(t.folder(), clerk.settings()));
    assert.equal((await sendWebhook(server, clerk.webhookSecret, userEvent('user.created', 'ada@example.org'))).status, 204);

    const status = async (headers) => (await fetch(`${server.http}/api/auth/user`, { headers })).status;
    const now = Math.floor(Date.now() / 1000);
    for (const [what, token] of [
        ['a plain one', clerk.token()], ['one over since 3 s', clerk.token(clerk.claims({ exp: now - 3 }))],
        ['one that begins in 3 s', clerk.token(clerk.claims({ nbf: now + 3 }))], ['one without nbf', clerk.token(clerk.claims({ nbf: undefined }))],
    ]) {
        assert.equal(await clerk.accepts(token), true, `Clerk refuses ${what}`);
        assert.equal(await status({ authorization: `Bearer ${token}` }), 200, `we refuse ${what}`);
        assert.equal(await status({ cookie: `__session=${token}` }), 200, `we refuse ${what} in the cookie`);
    }

    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const good = clerk.token();
    const [head, body, signature] = good.split('.');
    const hmac = (algorithm, header) => {
        const signed = `${base64url({ alg: algorithm, kid: 'ins_1', typ: 'JWT' })}.${body}`;
        return `${signed}.${createHmac(header, clerk.pem).update(signed).digest('base64url')}`;
    };
    const forgeries = {
        'signed with another key': clerk.token(clerk.claims(), {}, other),
        'with another subject than signed': `${head}.${base64url(clerk.claims({ sub: 'user_2' }))}.${signature}`,
        'with another header than signed': `${base64url({ alg: 'RS256', kid: 'ins_1', typ: 'JWT', x: 1 })}.${body}.${signature}`,
        'without a signature': `${head}.${body}.`,
        'of the algorithm none': `${base64url({ alg: 'none', kid: 'ins_1', typ: 'JWT' })}.${body}.`,
        'with the public key as an HMAC secret': hmac('HS256', 'sha256'),
        'that calls its HMAC RS256': hmac('RS256', 'sha256'),
        'that is over': clerk.token(clerk.claims({ exp: now - 60 })),
        'that begins later': clerk.token(clerk.claims({ nbf: now + 60 })),
        'that was made later': clerk.token(clerk.claims({ iat: now + 60 })),
        'for another party': clerk.token(clerk.claims({ azp: 'https://evil.example.org' })),
        'that names no party': clerk.token(clerk.claims({ azp: undefined })),
        'about nobody': clerk.token(clerk.claims({ sub: undefined })),
        'whose end is a text': clerk.token(clerk.claims({ exp: String(now + 60) })),
    };
    for (const [what, token] of Object.entries(forgeries)) {
        assert.equal(await clerk.accepts(token), false, `Clerk accepts one ${what}`);
        assert.equal(await status({ authorization: `Bearer ${token}` }), 401, `we accept one ${what}`);
        assert.equal(await status({ cookie: `__session=${token}` }), 401, `we accept one ${what} in the cookie`);
    }
    t.note(`${Object.keys(forgeries).length} forgeries`);

    // A cookie comes along with anybody's page; a bearer does not.
    const act = async (headers) => (await fetch(`${server.http}/api/auth/logout/everywhere`, { method: 'POST', headers })).status;
    assert.equal(await act({ cookie: `__session=${good}`, origin: 'https://evil.example.org' }), 403);
    assert.equal(await act({ authorization: `Bearer ${good}` }), 204);
});

test("webhooks signed by Svix's own library have one effect each, and nobody else's has any", {}, async (t) => {
    const clerk = t.own(await ClerkPeer.start());
    const fresh = `whsec_${Buffer.from('another secret, for later').toString('base64')}`;
    const server = t.own(await Server.start(t.folder(), { ...clerk.settings(), 'clerk.webhook_secrets': `${fresh} ${clerk.webhookSecret}` }));
    const me = async () => (await fetch(`${server.http}/api/auth/user`, { headers: { authorization: `Bearer ${clerk.token()}` } }));
    const send = (event, options) => sendWebhook(server, clerk.webhookSecret, event, options);
    const created = userEvent('user.created', 'ada@example.org', 1000);

    const old = new Date(Date.now() - 302_000);
    const ahead = new Date(Date.now() + 302_000);
    for (const [what, options, code] of [
        ['a body changed by a byte', { body: `${JSON.stringify(created)} ` }, 'webhook_signature_invalid'],
        ['an old time', { at: old }, 'webhook_too_old'],
        ['a time ahead', { at: ahead }, 'webhook_too_old'],
        ['another id', { change: (headers) => ({ ...headers, 'svix-id': 'msg_other' }) }, 'webhook_signature_invalid'],
        ['another time', { change: (headers) => ({ ...headers, 'svix-timestamp': String(Number(headers['svix-timestamp']) - 1) }) }, 'webhook_signature_invalid'],
        ['no signature', { change: ({ 'svix-signature': _, ...headers }) => headers }, 'webhook_headers_invalid'],
        ['no headers', { change: () => ({}) }, 'webhook_headers_invalid'],
        ['another version', { change: (headers) => ({ ...headers, 'svix-signature': headers['svix-signature'].replace('v1,', 'v2,') }) }, 'webhook_signature_invalid'],
    ]) {
        assert.deepEqual(await send(created, options), { status: 401, code }, what);
    }
    assert.equal((await sendWebhook(server, `whsec_${Buffer.from('a stranger made this one').toString('base64')}`, created)).code, 'webhook_signature_invalid');
    assert.equal((await me()).status, 401);

    // The same one fifty times at once.
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(created, { id: 'msg_1' })));
    assert.ok(answers.some((one) => one.status === 204));
    assert.deepEqual(await send(created, { id: 'msg_1' }), { status: 204, code: null });
    const user = await (await me()).json();
    assert.equal(user.email, 'ada@example.org');
    assert.equal(user.displayName, 'Ada Lovelace');

    assert.equal((await sendWebhook(server, fresh, userEvent('user.updated', 'countess@example.org', 3000))).status, 204, 'the new secret');
    assert.equal((await send(userEvent('user.updated', 'older@example.org', 2000))).status, 204);
    assert.equal((await (await me()).json()).email, 'countess@example.org');
    assert.equal((await send({ type: 'user.deleted', data: { id: 'user_1', deleted: true } })).status, 204);
    await until('the account is gone', async () => (await me()).status === 401);
    assert.equal((await send(userEvent('user.updated', 'ada@example.org', 4000))).status, 204);
    assert.equal((await me()).status, 401, 'who was deleted came back');
});
