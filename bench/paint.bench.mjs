// The largest contentful paint of the home page and of an offline channel's page, over loopback, with an empty cache.
import { ChromiumBrowser } from '../tests/system/lib/browser_chromium.mjs';
import { pause } from '../tests/system/lib/until.mjs';
import { kPairs, kSmoke, ourServer, raiseSessions, report, rounded, withThings } from './lib/runs.mjs';

for (const [name, route] of [['home', '/'], ['stream', '/streams/test']]) {
    for (let run = 0; run < kPairs; run++) {
        await withThings(async (things) => {
            const server = await ourServer(things);
            await server.createChannel();
            const browser = things.own(await ChromiumBrowser.start());
            raiseSessions();
            await (await browser.newPage()).open('about:blank');  // the browser itself is warm
            const page = await browser.newPage();
            await page.page.goto(server.http + route, { waitUntil: 'load' });
            await pause(kSmoke ? 500 : 1500);
            const figures = await page.evaluate(() => new Promise((resolve) => {
                new PerformanceObserver((list) => {
                    const [fcp] = performance.getEntriesByName('first-contentful-paint');
                    resolve({ lcp: list.getEntries().at(-1).startTime, fcp: fcp?.startTime ?? 0 });
                }).observe({ type: 'largest-contentful-paint', buffered: true });
            }));
            report('paint', name, { lcp_ms: rounded(figures.lcp), fcp_ms: rounded(figures.fcp) }, { browser: 'Chromium', cache: 'empty', tls: false });
        });
    }
}
