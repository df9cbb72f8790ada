// Pictures of every page in both themes and sizes, into FOLDER (default dev/out); anything on the console is printed.
//   node dev/shots.mjs [--out FOLDER] [--media FOLDER] [--only NAME]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { startMock } from './mock.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' }, media: { type: 'string' }, only: { type: 'string', default: '' } } });
const out = values.out ?? fileURLToPath(new URL('./out/', import.meta.url));
mkdirSync(out, { recursive: true });

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

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required'],
});
for (const { name, live, path } of kPages.filter((each) => each.name.includes(values.only))) {
  const mock = await startMock({ live, media: values.media ?? null });
  for (const theme of ['dark', 'light']) {
    for (const [size, viewport] of Object.entries(kSizes)) {
      const context = await browser.newContext({ viewport, deviceScaleFactor: 1, hasTouch: size === 'phone', isMobile: size === 'phone' });
      await context.addInitScript((chosen) => localStorage.setItem('aethex.theme', chosen), theme);
      const page = await context.newPage();
      page.on('console', (message) => console.log(`${name} ${theme} ${size}: ${message.type()} ${message.text()}`));
      page.on('pageerror', (error) => console.log(`${name} ${theme} ${size}: ${error}`));
      await page.goto(mock.address + path);
      await page.waitForTimeout(name === 'stream' ? 3500 : 900);
      await page.screenshot({ path: join(out, `${name}-${theme}-${size}.png`) });
      await context.close();
    }
  }
  mock.close();
}
await browser.close();
