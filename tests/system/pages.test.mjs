// Every page: accessible, quiet on the console, fast to paint.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ChromiumBrowser } from './lib/browser_chromium.mjs';
import { ffmpeg } from './lib/encoders.mjs';
import { Account } from './lib/account.mjs';
import { lighthouseMedian } from './lib/lighthouse.mjs';
import { media } from './lib/media.mjs';
import { waitForState } from './lib/page.mjs';
import { routes } from './lib/routes.mjs';
import { Server, serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kSizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

async function audit(browser, url, viewport, colorScheme, ready, cookies = []) {
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
    try {
        await page.context.addCookies(cookies);
        await page.page.addInitScript(`localStorage.setItem('aethex.theme', '${colorScheme}')`);
        await page.page.goto(url, { waitUntil: 'load' });
        await ready(page);
        await page.evaluate(`() => { ${kAxe}; }`);
        assert.equal(await page.evaluate(() => document.documentElement.dataset.theme ?? 'dark'), colorScheme);
        const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        const violations = found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ').slice(0, 400)}`);
        // The browser itself writes a line when a document's status is 404, as the unknown page's must be.
        return [...violations, ...page.problems.filter((problem) => !(problem.includes('status of 404') && problem.includes(`(${url})`) && url.endsWith('/no/such/page')))];
    } finally {
        await page.close();
    }
}

test('every route passes axe in both themes and both sizes, with and without a broadcast', { alone: true, timeoutMs: 600_000 }, async (t) => {
    const { server, channel } = await serverFor(t);
    const browser = t.own(await ChromiumBrowser.start());
    const wrong = [];
    const auditAll = async (what, ready) => {
        for (const route of routes({ slug: 'test', username: 'test' })) {
            for (const [size, viewport] of Object.entries(kSizes)) {
                for (const theme of ['dark', 'light']) {
                    const found = await audit(browser, server.http + route, viewport, theme, (page) => ready(page, route));
                    wrong.push(...found.map((problem) => `${route} (${what}, ${size}, ${theme}): ${problem}`));
                }
            }
        }
    };
    await auditAll('nothing is live', (page) => page.page.waitForSelector('h1, main'));
    t.own(ffmpeg(server.publishUrl(channel), await media('standard')));
    await server.master('test');
    await auditAll('live', (page, route) => (route.startsWith('/streams/') ? waitForState(page, 'live', 30_000) : page.page.waitForSelector('main')));
    assert.deepEqual(wrong, []);
});

test('every page behind the login passes axe in both themes and both sizes', { alone: true, timeoutMs: 300_000 }, async (t) => {
    const server = t.own(await Server.start(t.folder()));
    const account = await Account.signUp(server, 'ada');
    const browser = t.own(await ChromiumBrowser.start());
    const wrong = [];
    const auditAll = async (routes) => {
        for (const route of routes) {
            for (const [size, viewport] of Object.entries(kSizes)) {
                for (const theme of ['dark', 'light']) {
                    const ready = (page) => page.page.waitForSelector('h1');
                    const found = await audit(browser, server.http + route, viewport, theme, ready, account.cookies);
                    wrong.push(...found.map((problem) => `${route} (${size}, ${theme}): ${problem}`));
                }
            }
        }
    };
    await auditAll(['/dashboard', '/channel/ada']);
    await account.post('/api/channels', { name: 'Night Ferry', slug: 'night-ferry' });
    await auditAll(['/dashboard', '/dashboard/channel', '/dashboard/profile', '/auth/onboard', '/channel/night-ferry',
        ...['security', 'sessions', 'tokens', 'data'].map((tab) => `/settings?tab=${tab}`)]);
    assert.deepEqual(wrong, []);
});

for (const [what, route] of [['the home page', '/'], ['the page of an offline channel', '/streams/test']]) {
    test(`Lighthouse gives ${what} at least 90 in every category on a phone`, { alone: true, timeoutMs: 300_000 }, async (t) => {
        const { server } = await serverFor(t);
        const scores = await lighthouseMedian(server.http + route, 3);
        t.note(Object.entries(scores).map(([name, score]) => `${name} ${score}`).join(', '));
        for (const [name, score] of Object.entries(scores)) assert.ok(score >= 90, `${name} is ${score}`);
    });
}

test('an unknown address shows the page that says so', { alone: true }, async (t) => {
    const { server } = await serverFor(t);
    const browser = t.own(await ChromiumBrowser.start());
    const page = await browser.newPage();
    await page.page.goto(`${server.http}/no/such/page`);
    await page.page.waitForSelector('main');
    assert.match(await page.page.textContent('main'), /found|nothing here|no page/i);
});

test('the API documentation is served by us alone', { alone: true }, async (t) => {
    const { server } = await serverFor(t);
    const browser = t.own(await ChromiumBrowser.start());
    const page = await browser.newPage();
    await page.page.goto(`${server.http}/api/docs`, { waitUntil: 'networkidle' });
    assert.match(await page.page.textContent('body'), /\/api\/streams/);
    for (const url of page.requests) assert.ok(url.startsWith(server.http) || url.startsWith('data:') || url.startsWith('blob:'), `${url} is somewhere else`);
    assert.deepEqual(page.problems, []);
});
