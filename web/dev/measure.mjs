// How soon the first picture is there and how far behind the encoder, in Chromium.
//   node dev/measure.mjs [--url http://127.0.0.1:8080/streams/demo] [--opens 10] [--watch 20]
// Without --url it measures the built app against the stand-in's broadcast. Times are seconds.
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { startLiveSource } from './live_source.mjs';
import { startMock } from './mock.mjs';

const { values } = parseArgs({ options: { url: { type: 'string' }, opens: { type: 'string', default: '10' }, watch: { type: 'string', default: '20' } } });
const source = values.url ? null : startLiveSource();
const mock = values.url ? null : await startMock({ live: 1, source });
const url = values.url ?? `${mock.address}/streams/night-ferry`;
if (source) await source.answer('media.m3u8', new URLSearchParams());

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required'],
});

const quantile = (list, q) => [...list].sort((one, other) => one - other)[Math.min(list.length - 1, Math.floor(list.length * q))];
const line = (name, list) => console.log(name.padEnd(22), `p50 ${quantile(list, 0.5).toFixed(2)}`, `p95 ${quantile(list, 0.95).toFixed(2)}`, `max ${Math.max(...list).toFixed(2)}`);

async function open() {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.on('console', (message) => console.log('console:', message.text()));
  page.on('pageerror', (error) => console.log('page error:', String(error)));
  await page.goto(url, { waitUntil: 'commit' });
  const first = await page.evaluate(async () => {
    while (!document.querySelector('video')) await new Promise((resolve) => requestAnimationFrame(resolve));
    const video = document.querySelector('video');
    const marks = {};
    const mark = (name) => (marks[name] ??= Math.round(performance.now()));
    for (const name of ['loadstart', 'loadedmetadata', 'canplay', 'playing']) video.addEventListener(name, () => mark(name));
    mark('element');
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    mark('frame');
    const requests = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('m3u8') || entry.name.includes('.m4s') || entry.name.includes('.mp4'));
    return { seconds: performance.now() / 1000, marks, requests: requests.map((entry) => `${entry.name.split('/').at(-1)} ${Math.round(entry.startTime)}-${Math.round(entry.responseEnd)}`) };
  });
  return { page, ...first };
}

const firsts = [];
for (let at = 0; at < Number(values.opens); at += 1) {
  const { page, seconds, marks, requests } = await open();
  firsts.push(seconds);
  if (at === 1) console.log(JSON.stringify(marks), requests.slice(0, 14).join('; '));
  await page.context().close();
}
line('first picture', firsts);

const { page } = await open();
const glass = [];
const edge = [];
const rates = [];
for (let second = 0; second < Number(values.watch) * 2; second += 1) {
  await page.waitForTimeout(500);
  const now = await page.evaluate(() => ({ ...document.querySelector('[data-player]').dataset }));
  if (second % 4 === 0) console.log(now.state, 'glass', now.latencyMs, 'edge', now.edgeLatencyMs, 'rate', now.rate, 'stalls', now.stalls);
  if (now.latencyMs) glass.push(Number(now.latencyMs) / 1000);
  if (now.edgeLatencyMs) edge.push(Number(now.edgeLatencyMs) / 1000);
  rates.push(Number(now.rate));
}
line('behind the encoder', glass);
line('behind the edge', edge);
line('playback rate', rates);
await browser.close();
source?.stop();
mock?.close();
