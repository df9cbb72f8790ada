// Second factors and passkeys at the real server: an authenticator app's arithmetic, and Chromium's virtual authenticator.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { BrowserSession } from './lib/browser_session.mjs';
import { ChromiumBrowser } from './lib/browser_chromium.mjs';
import { freePort } from './lib/processes.mjs';
import { Server } from './lib/server.mjs';
import { test } from './lib/suite.mjs';

const kPassword = 'correct horse battery';

/** What an authenticator app shows (RFC 6238), from the text it was given. */
function totp(secret, at = Date.now()) {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const bits = [...secret].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
    const mac = createHmac('sha1', key).update(counter).digest();
    return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('an authenticator app is asked for at login, and paper helps when it is lost', {}, async (t) => {
    const server = t.own(await Server.start(t.folder()));
    const ada = new BrowserSession(server);
    await ada.register('ada@example.org', kPassword);
    const begun = (await ada.post('/api/auth/totp')).body;
    assert.match(begun.uri, new RegExp(`^otpauth://totp/.*secret=${begun.secret}`));
    const confirmed = await ada.post('/api/auth/totp/confirm', { code: totp(begun.secret) });
    assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
    const { recoveryCodes } = confirmed.body;
    assert.equal(recoveryCodes.length, 10);

    const logIn = async (code) => {
        const browser = new BrowserSession(server);
        const answer = await browser.post('/api/auth/login', { login: 'ada@example.org', password: kPassword, ...(code && { code }) });
        return answer.body.code ?? answer.status;
    };
    assert.equal(await logIn(), 'second_factor_required');
    assert.equal(await logIn(totp(begun.secret)), 'second_factor_wrong', 'the code that turned it on is used');
    assert.equal(await logIn(totp(begun.secret, Date.now() + 30_000)), 200);
    assert.equal(await logIn(recoveryCodes[3]), 200);
    assert.equal(await logIn(recoveryCodes[3]), 'second_factor_wrong');
    assert.ok(!server.log.includes(begun.secret) && !server.log.includes(recoveryCodes[0]), 'a secret is in the log');
    assert.equal((await ada.del('/api/auth/totp')).status, 204);
    assert.equal(await logIn(), 200);
});

test("Chromium's virtual authenticator makes a passkey and signs in with it", { alone: true }, async (t) => {
    const port = await freePort();
    const server = t.own(await Server.start(t.folder(), { 'http.listen': `127.0.0.1:${port}` }));
    server.http = `http://localhost:${port}`;
    const chromium = t.own(await ChromiumBrowser.start());
    const page = await chromium.newPage();
    const cdp = await page.context.newCDPSession(page.page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
        options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    // A page of the server without any script of its own.
    await page.page.goto(`${server.http}/healthz`);

    const made = await page.evaluate(async (password) => {
        const ask = async (method, route, body) => {
            const answer = await fetch(route, { method, body: body && JSON.stringify(body), headers: body ? { 'content-type': 'application/json' } : {} });
            const text = await answer.text();
            return { status: answer.status, body: text ? JSON.parse(text) : null };
        };
        const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        await ask('POST', '/api/auth/register', { email: 'ada@example.org', password });
        const options = await ask('POST', '/api/auth/passkeys/options');
        const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.body);
        const credential = await navigator.credentials.create({ publicKey });
        const kept = await ask('POST', '/api/auth/passkeys', {
            name: 'Virtual', clientDataJSON: text(credential.response.clientDataJSON), attestationObject: text(credential.response.attestationObject),
        });
        const again = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON((await ask('POST', '/api/auth/passkeys/options')).body) })
            .then(() => 'made', (error) => error.name);
        await ask('POST', '/api/auth/logout');
        return { options: options.body, kept, again, me: (await ask('GET', '/api/auth/user')).status };
    }, kPassword);
    assert.equal(made.options.rp.id, 'localhost');
    assert.equal(made.kept.status, 201, JSON.stringify(made.kept.body));
    assert.equal(made.again, 'InvalidStateError', 'the browser was not told that it has one');
    assert.equal(made.me, 401);

    const signIn = () => page.evaluate(async () => {
        const ask = async (route, body) => {
            const answer = await fetch(route, { method: 'POST', body: body && JSON.stringify(body), headers: body ? { 'content-type': 'application/json' } : {} });
            return { status: answer.status, body: await answer.json() };
        };
        const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        const options = await ask('/api/auth/passkey/options');
        const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.body) });
        const proof = {
            id: credential.id, clientDataJSON: text(credential.response.clientDataJSON), authenticatorData: text(credential.response.authenticatorData),
            signature: text(credential.response.signature), userHandle: text(credential.response.userHandle),
        };
        const entered = await ask('/api/auth/passkey/login', proof);
        const repeated = await ask('/api/auth/passkey/login', proof);
        return { entered, repeated, me: await (await fetch('/api/auth/user')).json() };
    });
    const first = await signIn();
    assert.equal(first.entered.status, 200, JSON.stringify(first.entered.body));
    assert.equal(first.me.email, 'ada@example.org');
    assert.match(first.repeated.body.code, /^passkey_(challenge|counter)_refused$/);
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    assert.equal(credentials.length, 1);
    t.note(`its counter stands at ${credentials[0].signCount}`);

    // A finger that is not the owner's.
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await assert.rejects(signIn(), /NotAllowedError/);
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    assert.equal((await signIn()).entered.status, 200);
});
