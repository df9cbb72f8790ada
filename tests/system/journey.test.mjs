// What people came for: from a stranger to a broadcast that others watch, and to its end.
import assert from 'node:assert/strict';
import { ChromiumBrowser } from './lib/browser_chromium.mjs';
import { ffmpeg } from './lib/encoders.mjs';
import { media } from './lib/media.mjs';
import { startWatching, waitForState } from './lib/page.mjs';
import { createChannel, fill, kPassword, linkIn, logIn, mailTo, press, revealKey, see, seeHeading, signUp, waitForPhase } from './lib/people.mjs';
import { Server } from './lib/server.mjs';
import { test } from './lib/suite.mjs';
import { until } from './lib/until.mjs';

async function openHouse(t) {
    const server = t.own(await Server.start(t.folder()));
    const browser = t.own(await ChromiumBrowser.start());
    return { server, browser };
}

test('a stranger signs up, makes a channel, goes live, is watched, and ends it', { alone: true, timeoutMs: 180_000 }, async (t) => {
    const { server, browser } = await openHouse(t);
    const page = await browser.newPage();
    const began = performance.now();
    await signUp(page, server, { email: 'ada@example.org', username: 'ada' });
    const slug = await createChannel(page, server, 'Night Ferry');
    assert.equal(slug, 'night-ferry');
    await waitForPhase(page, 'silent');

    const source = await page.page.content();
    const key = await revealKey(page);
    assert.ok(!source.includes(key), 'the key was in the page before anybody asked for it');
    t.note(`${((performance.now() - began) / 1000).toFixed(1)} s from the home page to the key`);

    t.own(ffmpeg(`${server.rtmp}/${key}`, await media('standard')));
    await waitForPhase(page, 'live');
    const live = await server.liveStream(slug);

    const viewer = await browser.newPage();
    await viewer.open(`${server.http}/`);
    await viewer.page.getByRole('link', { name: /Night Ferry/ }).first().click();
    await startWatching(viewer);
    await until('the desk counts its viewer', async () => (await page.page.getByTestId('viewers').innerText()).trim() === '1', { timeoutMs: 20_000 });
    await waitForState(viewer, 'live');

    await fill(page, 'Title', 'Crossing the Skagerrak');
    await press(page, 'Save');
    await seeHeading(viewer, 'Crossing the Skagerrak', 8000);

    await press(page, 'End stream');
    await press(page, 'End it');
    await waitForPhase(page, 'archived');
    await waitForState(viewer, 'ended');
    assert.equal((await server.json(`/api/streams/${live.id}`)).status, 'ARCHIVED');
    assert.deepEqual([...page.problems, ...viewer.problems], []);
});

test('a forgotten password is chosen anew by the link in a mail', { timeoutMs: 90_000 }, async (t) => {
    const { server, browser } = await openHouse(t);
    const page = await browser.newPage();
    await signUp(page, server, { email: 'ada@example.org', username: 'ada' });

    const elsewhere = await browser.newPage();
    await elsewhere.open(`${server.http}/auth/login`);
    await elsewhere.page.getByRole('link', { name: 'Forgotten your password?' }).click();
    await fill(elsewhere, 'E-mail', 'ada@example.org');
    await press(elsewhere, 'Send the mail');
    await seeHeading(elsewhere, 'Look into your mail');

    await elsewhere.open(linkIn(await mailTo(server, 'ada@example.org'), '/auth/reset'));
    await fill(elsewhere, 'New password', 'a wholly different sentence');
    await press(elsewhere, 'Save password');
    await seeHeading(elsewhere, 'Welcome back');

    await logIn(elsewhere, server, 'ada', 'a wholly different sentence');
    await elsewhere.page.getByRole('button', { name: 'Account: ada' }).waitFor();
    assert.deepEqual(elsewhere.problems, []);
    // The old sessions are over: the first page asks for a login again.
    await page.open(`${server.http}/dashboard`);
    await seeHeading(page, 'Welcome back');
});

test('a new key cuts the encoder that sends with the old one', { timeoutMs: 90_000 }, async (t) => {
    const { server, browser } = await openHouse(t);
    const page = await browser.newPage();
    await signUp(page, server, { email: 'ada@example.org', username: 'ada' });
    await createChannel(page, server, 'Night Ferry');
    const key = await revealKey(page);
    const encoder = t.own(ffmpeg(`${server.rtmp}/${key}`, await media('onemegabit')));
    await waitForPhase(page, 'live');
    await press(page, 'New key');
    await press(page, 'Make a new key');
    await until('the encoder is cut off', () => !encoder.running, { timeoutMs: 10_000 });
    const fresh = await until('another key is shown', async () => {
        const text = (await page.page.getByTestId('stream-key').innerText()).trim();
        return text !== key && !text.includes('•') && text;
    });
    t.own(ffmpeg(`${server.rtmp}/${fresh}`, await media('onemegabit')));
    await waitForPhase(page, 'live');
    assert.deepEqual(page.problems, []);
});

test('a renamed channel is found by its old address', { timeoutMs: 90_000 }, async (t) => {
    const { server, browser } = await openHouse(t);
    const page = await browser.newPage();
    await signUp(page, server, { email: 'ada@example.org', username: 'ada' });
    await createChannel(page, server, 'Night Ferry');
    await page.open(`${server.http}/dashboard/channel?channel=night-ferry`);
    await fill(page, 'Address', 'day-ferry');
    await page.page.getByRole('button', { name: 'Save' }).first().click();
    await see(page, 'The channel is saved.');
    await page.open(`${server.http}/channel/night-ferry`);
    await page.page.waitForURL(`${server.http}/channel/day-ferry`);
    await seeHeading(page, 'Night Ferry');
    assert.deepEqual(page.problems, []);
});

test('the site speaks German on a phone, from the home page to the desk', { timeoutMs: 90_000 }, async (t) => {
    const { server, browser } = await openHouse(t);
    const page = await browser.newPage({ locale: 'de-DE', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await page.open(`${server.http}/auth/register`);
    await fill(page, 'E-Mail', 'ada@example.org');
    await fill(page, 'Passwort', kPassword);
    await press(page, 'Konto anlegen');
    await seeHeading(page, 'Wer bist du hier?');
    await fill(page, 'Benutzername', 'ada');
    await page.page.getByText('Dieser Name ist frei.').waitFor({ state: 'attached' });
    await press(page, 'Das bin ich');
    await seeHeading(page, 'Hier beginnt dein Kanal');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page is wider than the phone');
    // The account keeps it, also in a browser that would rather have English.
    const other = await browser.newPage();
    await logIn(other, server, 'ada');
    await other.page.getByRole('button', { name: 'Konto: ada' }).waitFor();
    assert.deepEqual([...page.problems, ...other.problems], []);
});

test('a picture is cut, sent, and seen by others', { timeoutMs: 90_000 }, async (t) => {
    const { server, browser } = await openHouse(t);
    const page = await browser.newPage();
    await signUp(page, server, { email: 'ada@example.org', username: 'ada' });
    await page.open(`${server.http}/dashboard/profile`);
    await page.page.getByLabel('Choose a picture', { exact: true }).first().setInputFiles({ name: 'face.png', mimeType: 'image/png', buffer: Buffer.from(kPicture, 'base64') });
    await press(page, 'Use this part');
    await see(page, 'Your picture is saved.', 30_000);
    const { avatar } = await (await page.page.request.get(`${server.http}/api/auth/user`)).json();
    const answer = await fetch(new URL(avatar, server.http));
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^image\//);
    assert.deepEqual(page.problems, []);
});

test('an account is deleted with everything that hangs on it', { timeoutMs: 90_000 }, async (t) => {
    const { server, browser } = await openHouse(t);
    const page = await browser.newPage();
    await signUp(page, server, { email: 'ada@example.org', username: 'ada' });
    await createChannel(page, server, 'Night Ferry');
    await page.open(`${server.http}/settings?tab=data`);
    await press(page, 'Delete account');
    await fill(page, 'Write ada to go on', 'ada');
    await press(page, 'Delete everything for good');
    await see(page, 'Your account is gone. Take care.');
    await page.page.getByRole('link', { name: 'Log in' }).waitFor();
    assert.deepEqual(page.problems, []);
    await server.json('/api/channels/night-ferry', 404);
    await server.json('/api/users/ada', 404);
});

// 64 by 48 pixels, four colours.
const kPicture =
    'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAVklEQVR42u3PQQkAIRAAQDMIfq1iImuY1AYq3O/sIOxvYApM+nsLNeYJlQQEBAQEBAQEBAQEBAQEBAQEngK51FBrf6EEBAQEBAQEBAQEBAQEBAQEBJ5cdViLPEBW1nQAAAAASUVORK5CYII=';
