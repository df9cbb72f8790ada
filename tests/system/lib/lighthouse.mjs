// Lighthouse as a phone would be judged, over a Chromium of our own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import lighthouse from 'lighthouse';
import { Child } from './processes.mjs';
import { until } from './until.mjs';

const kCategories = ['performance', 'accessibility', 'best-practices', 'seo'];

/** The median of every category over `runs` runs, from 0 to 100. */
export async function lighthouseMedian(url, runs) {
    const found = [];
    for (let run = 0; run < runs; run++) found.push((await once(url)) ?? (await once(url)) ?? unmeasured(url));
    return Object.fromEntries(kCategories.map((name) => [name, found.map((scores) => scores[name]).sort((a, b) => a - b)[Math.floor(runs / 2)]]));
}

function unmeasured(url) {
    throw new Error(`Lighthouse could not record ${url} twice in a row`);
}

// The trace lost its beginning: that says nothing about the page, which gets one more run.
const kNotMeasured = ['NO_NAVSTART', 'NO_TRACING_STARTED', 'NO_SCREENSHOTS'];

/** The scores; null when nothing was measured. */
async function once(url) {
    const profile = mkdtempSync(path.join(os.tmpdir(), 'aethex-lighthouse-'));
    const child = new Child('chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--no-first-run',
        '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank']);
    try {
        const port = Number(await until('Chromium listens', () => readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]));
        // A page that waits for its channel has one request that stays open: the network is never quiet there, and is not waited for longer.
        const { lhr } = await lighthouse(url, { port, output: 'json', logLevel: 'error', onlyCategories: kCategories, formFactor: 'mobile', maxWaitForLoad: 12_000 });
        if (kNotMeasured.includes(lhr.runtimeError?.code)) return null;
        if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
        return Object.fromEntries(kCategories.map((name) => [name, Math.round(lhr.categories[name].score * 100)]));
    } finally {
        await child.stop();
        rmSync(profile, { recursive: true, force: true });
    }
}
