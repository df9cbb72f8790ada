// Debian's firefox-esr over WebDriver BiDi, which it speaks by itself; there is no geckodriver in Debian.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';
import { Child } from './processes.mjs';

// Nothing of this leaves the machine, and nothing else opens on the first start.
const kPreferences = {
    'app.normandy.enabled': false, 'app.update.enabled': false, 'browser.aboutwelcome.enabled': false, 'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false, 'toolkit.telemetry.enabled': false, 'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false, 'browser.safebrowsing.malware.enabled': false, 'browser.safebrowsing.phishing.enabled': false,
    'extensions.update.enabled': false, 'media.gmp-manager.updateEnabled': false, 'services.settings.server': 'data:,',
    'remote.prefs.recommended': true, 'browser.startup.page': 0, 'browser.newtabpage.enabled': false,
};

export class FirefoxBrowser {
    static async start() {
        const browser = new FirefoxBrowser();
        browser.profile = mkdtempSync(path.join(os.tmpdir(), 'aethex-firefox-'));
        const lines = Object.entries(kPreferences).map(([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});`);
        writeFileSync(path.join(browser.profile, 'user.js'), lines.join('\n'));
        browser.child = new Child('firefox-esr', ['--headless', '--no-remote', '--profile', browser.profile, '--remote-debugging-port=0', 'about:blank'], {
            env: { ...process.env, HOME: browser.profile, MOZ_CRASHREPORTER_DISABLE: '1' },
        });
        const [, address] = await browser.child.saw(/WebDriver BiDi listening on (ws:\S+)/, 40_000);
        browser.socket = await connect(`${address}/session`);
        browser.socket.on('message', (bytes) => browser.#receive(JSON.parse(bytes)));
        await browser.command('session.new', { capabilities: {} });
        await browser.command('session.subscribe', { events: ['log.entryAdded'] });
        return browser;
    }

    #next = 1;
    #waiting = new Map();
    #pages = new Map();

    command(method, params) {
        const id = this.#next++;
        return new Promise((resolve, reject) => {
            this.#waiting.set(id, { resolve, reject, method });
            this.socket.send(JSON.stringify({ id, method, params }));
        });
    }

    #receive(message) {
        if (message.type === 'event') {
            if (message.method === 'log.entryAdded') this.#pages.get(message.params.source.context)?.note(message.params);
            return;
        }
        const waiting = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        if (message.type === 'success') waiting?.resolve(message.result);
        else waiting?.reject(new Error(`${waiting.method}: ${message.error}: ${message.message}`));
    }

    async newPage() {
        const { context } = await this.command('browsingContext.create', { type: 'tab' });
        const page = new FirefoxPage(this, context);
        this.#pages.set(context, page);
        return page;
    }

    async close() {
        await Promise.race([this.command('browser.close', {}).catch(() => {}), new Promise((resolve) => setTimeout(resolve, 2000))]);
        this.socket.close();
        await this.child.stop();
        rmSync(this.profile, { recursive: true, force: true });
    }
}

function connect(url) {
    return new Promise((resolve, reject) => {
        const socket = new WebSocket(url, { perMessageDeflate: false });
        socket.once('open', () => resolve(socket));
        socket.once('error', reject);
    });
}

class FirefoxPage {
    constructor(browser, context) {
        this.browser = browser;
        this.context = context;
        this.problems = [];
    }

    note(entry) {
        if (['error', 'warn'].includes(entry.level)) this.problems.push(`${entry.type} ${entry.level}: ${entry.text}`);
    }

    async open(url) {
        await this.browser.command('browsingContext.navigate', { context: this.context, url, wait: 'interactive' });
    }

    async evaluate(fn, ...args) {
        const expression = `(async () => JSON.stringify((await (${fn})(...${JSON.stringify(args)})) ?? null))()`;
        const answer = await this.browser.command('script.evaluate', { expression, target: { context: this.context }, awaitPromise: true, userActivation: false });
        if (answer.type === 'exception') throw new Error(`in the page: ${answer.exceptionDetails.text}`);
        return JSON.parse(answer.result.value);
    }

    async click(selector) {
        const at = await this.evaluate((wanted) => {
            const box = document.querySelector(wanted).getBoundingClientRect();
            return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
        }, selector);
        await this.browser.command('input.performActions', {
            context: this.context,
            actions: [{ type: 'pointer', id: 'mouse', actions: [{ type: 'pointerMove', ...at }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }] }],
        });
    }

    async close() {
        await this.browser.command('browsingContext.close', { context: this.context });
    }
}
