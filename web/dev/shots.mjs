// Pictures of every page in both themes and sizes, into FOLDER (default dev/out). Prints what axe objects to and anything on the console.
//   node dev/shots.mjs [--out FOLDER] [--video] [--only NAME]
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { startLiveSource } from './live_source.mjs';
import { startMock } from './mock.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' }, video: { type: 'boolean', default: false }, only: { type: 'string', default: '' } } });
const out = values.out ?? fileURLToPath(new URL('./out/', import.meta.url));
mkdirSync(out, { recursive: true });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function objectionsOf(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return violations.map((each) => `axe ${each.id}: ${each.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

const kSizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const kPages = [
  { name: 'home', live: 6, path: '/' },
  { name: 'home-one', live: 1, path: '/' },
  { name: 'landing', live: 0, path: '/' },
  { name: 'stream', live: 6, path: '/streams/night-ferry' },
  { name: 'offline', live: 2, path: '/streams/low-orbit' },
  { name: 'no-channel', live: 2, path: '/streams/nobody' },
  { name: 'not-found', live: 0, path: '/nowhere/at/all' },
];

const source = values.video ? startLiveSource() : null;
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required'],
});
for (const { name, live, path } of kPages.filter((each) => each.name.includes(values.only))) {
  const mock = await startMock({ live, source });
  for (const theme of ['dark', 'light']) {
    for (const [size, viewport] of Object.entries(kSizes)) {
      const context = await browser.newContext({ viewport, deviceScaleFactor: 1, hasTouch: size === 'phone', isMobile: size === 'phone' });
      await context.addInitScript((chosen) => localStorage.setItem('aethex.theme', chosen), theme);
      const page = await context.newPage();
      page.on('console', (message) => console.log(`${name} ${theme} ${size}: ${message.type()} ${message.text()}`));
      page.on('pageerror', (error) => console.log(`${name} ${theme} ${size}: ${error}`));
      await page.goto(mock.address + path);
      await page.waitForTimeout(name === 'stream' ? 3000 : 900);
      if (name === 'stream') await page.mouse.move(viewport.width / 2, 200);
      await page.screenshot({ path: join(out, `${name}-${theme}-${size}.png`) });
      for (const objection of await objectionsOf(page)) console.log(`${name} ${theme} ${size}: ${objection}`);
      await context.close();
    }
  }
  mock.close();
}
await browser.close();
source?.stop();
