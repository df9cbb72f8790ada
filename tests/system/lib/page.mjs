// The watch page as a test sees it: the player's root element says its state, its delay and how often it stalled.
import { watchBarcodeInPage } from './barcode.mjs';
import { until } from './until.mjs';

export const kPlayer = '[data-player]';

export function playerState(page) {
    return page.evaluate((selector) => {
        const root = document.querySelector(selector);
        const video = document.querySelector('video');
        return {
            state: root?.dataset.state ?? 'no player', stalls: Number(root?.dataset.stalls ?? 0), latencyMs: Number(root?.dataset.latencyMs ?? 0),
            time: video?.currentTime ?? 0, ready: video?.readyState ?? 0, paused: video?.paused ?? true, muted: video?.muted ?? true, error: video?.error?.message ?? null,
        };
    }, kPlayer);
}

export function waitForState(page, wanted, timeoutMs = 20_000) {
    return until(`the player is ${wanted}`, async () => {
        const now = await playerState(page);
        if (now.state === wanted) return now;
        throw new Error(JSON.stringify(now));
    }, { timeoutMs, everyMs: 100 });
}

/** Clicks the picture where the browser would not start without its user, and begins to read the barcode. */
export async function startWatching(page) {
    await waitForState(page, 'live', 30_000);
    const playing = () => until('the picture moves', async () => !(await playerState(page)).paused, { timeoutMs: 3000 });
    await playing().catch(async () => {
        await page.click('video');
        await playing();
    });
    await page.evaluate(watchBarcodeInPage, 'video');
}

export function sightings(page) {
    return page.evaluate(() => window.barcode);
}

/** The loudest sample within a second and a half, from 0 to 1; the page must have been clicked before. */
export function loudness(page) {
    return page.evaluate(async () => {
        const video = document.querySelector('video');
        const context = new AudioContext();
        const analyser = context.createAnalyser();
        context.createMediaStreamSource(video.captureStream()).connect(analyser);
        await context.resume();
        const samples = new Float32Array(analyser.fftSize);
        let peak = 0;
        for (let round = 0; round < 30; round++) {
            await new Promise((resolve) => setTimeout(resolve, 50));
            analyser.getFloatTimeDomainData(samples);
            for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
        }
        await context.close();
        return peak;
    });
}
