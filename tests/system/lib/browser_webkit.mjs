// WebKitGTK's MiniBrowser over the W3C WebDriver of webkit2gtk-driver, on a display of its own.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Child, freePort } from './processes.mjs';
import { until } from './until.mjs';

const kLibraries = '/usr/lib';

export class WebKitBrowser {
    static async start() {
        const browser = new WebKitBrowser();
        browser.home = mkdtempSync(path.join(os.tmpdir(), 'aethex-webkit-'));
        browser.screen = await startScreen();
        const port = await freePort();
        browser.driver = new Child('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
            env: {
                ...process.env, DISPLAY: browser.screen.display, HOME: browser.home, XDG_RUNTIME_DIR: browser.home, NO_AT_BRIDGE: '1', GDK_BACKEND: 'x11',
                LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', GIO_USE_VFS: 'local',
            },
        });
        browser.address = `http://127.0.0.1:${port}`;
        await until('WebKitWebDriver answers', async () => (await fetch(`${browser.address}/status`)).ok);
        const { sessionId } = await browser.call('POST', '/session', {
            capabilities: { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } } },
        });
        browser.session = `/session/${sessionId}`;
        await browser.call('POST', `${browser.session}/timeouts`, { script: 60_000, pageLoad: 60_000, implicit: 0 });
        return browser;
    }

    async call(method, route, body) {
        const answer = await fetch(this.address + route, { method, body: body === undefined ? undefined : JSON.stringify(body) });
        const { value } = await answer.json();
        if (!answer.ok) throw new Error(`${method} ${route}: ${value?.error}: ${value?.message}`);
        return value;
    }

    async newPage() {
        return new WebKitPage(this);
    }

    async close() {
        await this.call('DELETE', this.session).catch(() => {});
        await this.driver.stop();
        await this.screen.child.stop();
        rmSync(this.home, { recursive: true, force: true });
    }
}

/** A display with a number that nobody else has: Xvfb chooses and tells. */
export async function startScreen() {
    const child = new Child('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp']);
    const [, number] = await child.saw(/^(\d+)\s/m);
    return { child, display: `:${number}` };
}

function miniBrowser() {
    for (const folder of readdirSync(kLibraries)) {
        for (const version of ['4.1', '4.0']) {
            const file = path.join(kLibraries, folder, `webkit2gtk-${version}`, 'MiniBrowser');
            try {
                readdirSync(path.dirname(file));
                return file;
            } catch {
                // Not this architecture or version.
            }
        }
    }
    throw new Error('no MiniBrowser: install webkit2gtk-driver');
}

class WebKitPage {
    constructor(browser) {
        this.browser = browser;
        this.problems = [];
    }

    async open(url) {
        await this.browser.call('POST', `${this.browser.session}/url`, { url });
        // This driver has no log; from here on the page keeps its own.
        await this.evaluate(() => {
            window.pageProblems = [];
            for (const level of ['error', 'warn']) {
                const print = console[level];
                console[level] = (...words) => {
                    window.pageProblems.push(`console.${level}: ${words.join(' ')}`);
                    print.apply(console, words);
                };
            }
            addEventListener('error', (event) => window.pageProblems.push(`error: ${event.message}`));
            addEventListener('unhandledrejection', (event) => window.pageProblems.push(`unhandled: ${event.reason}`));
        });
    }

    async evaluate(fn, ...args) {
        const script = `return (async () => JSON.stringify((await (${fn})(...${JSON.stringify(args)})) ?? null))()`;
        const text = JSON.parse(await this.browser.call('POST', `${this.browser.session}/execute/sync`, { script, args: [] }));
        return text;
    }

    async collectProblems() {
        this.problems = await this.evaluate(() => window.pageProblems ?? []);
    }

    async click(selector) {
        const found = await this.browser.call('POST', `${this.browser.session}/element`, { using: 'css selector', value: selector });
        await this.browser.call('POST', `${this.browser.session}/element/${Object.values(found)[0]}/click`, {});
    }

    async close() {}
}
