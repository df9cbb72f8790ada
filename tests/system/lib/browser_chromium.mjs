// Debian's Chromium, driven by playwright-core. What all three browsers here offer is the same:
// open, evaluate, click, waitFor, problems, close.
import { chromium } from 'playwright-core';

const kArguments = [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--mute-audio=false',
];

export class ChromiumBrowser {
    static async start({ extraArguments = [] } = {}) {
        const browser = new ChromiumBrowser();
        browser.browser = await chromium.launch({
            executablePath: '/usr/bin/chromium', headless: true, args: [...kArguments, ...extraArguments], ignoreDefaultArgs: ['--mute-audio'],
        });
        return browser;
    }

    /** A fresh context: no storage of an earlier page. Every console error or warning and every unhandled rejection is a problem. */
    async newPage(options = {}) {
        const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
        const page = await context.newPage();
        return new ChromiumPage(context, page);
    }

    async close() {
        await this.browser.close();
    }
}

export class ChromiumPage {
    constructor(context, page) {
        this.context = context;
        this.page = page;
        this.problems = [];
        this.requests = [];
        page.on('console', (message) => {
            if (['error', 'warning', 'assert'].includes(message.type())) this.problems.push(`console.${message.type()}: ${message.text()} (${message.location().url})`);
        });
        page.on('pageerror', (error) => this.problems.push(`unhandled: ${error.stack ?? error}`));
        page.on('crash', () => this.problems.push('the page crashed'));
        page.on('request', (request) => this.requests.push(request.url()));
    }

    async open(url) {
        await this.page.goto(url, { waitUntil: 'domcontentloaded' });
    }

    evaluate(fn, ...args) {
        return this.page.evaluate(`(${fn})(...${JSON.stringify(args)})`);
    }

    async click(selector) {
        await this.page.click(selector);
    }

    async close() {
        await this.context.close();
    }
}
