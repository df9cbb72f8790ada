// Fails when a part of the built app weighs more than budgets.json allows. Raise a number there in the change that makes it grow.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { closureOf, dist, entryOf, filesOf } from './dist.mjs';

const budgets = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url), 'utf8'));
const { manifest } = JSON.parse(readFileSync(join(dist, 'assets.json'), 'utf8'));
const kHls = 'src/player/hls_session.ts';

const weigh = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
const sum = (keys) => [...keys].reduce((total, key) => total + weigh(manifest[key].file), 0);

const entry = closureOf(manifest, entryOf(manifest));
const hls = new Set([...closureOf(manifest, kHls)].filter((key) => !entry.has(key)));
const routes = Object.keys(manifest).filter((key) => key.startsWith('src/routes/') && manifest[key].isDynamicEntry);

const rows = [
  ['entry', 'entry', sum(entry)],
  ['hls', 'hls', sum(hls)],
  ...routes.map((key) => ['route', key, sum([...closureOf(manifest, key)].filter((each) => !entry.has(each) && !hls.has(each)))]),
  ['css', 'css', filesOf().filter((file) => file.endsWith('.css')).reduce((total, file) => total + weigh(file), 0)],
  ['font', 'font', filesOf().filter((file) => file.endsWith('.woff2')).reduce((total, file) => total + readFileSync(join(dist, file)).length, 0)],
];

// hls.js travels only with a player: whatever the entry needs to start must not reach it.
const failures = entry.has(kHls) ? ['hls.js is part of the entry'] : [];
for (const [kind, name, size] of rows) {
  const fits = size <= budgets[kind];
  if (!fits) failures.push(`${name} weighs ${size}, ${size - budgets[kind]} more than its budget`);
  console.log(`${fits ? 'ok  ' : 'OVER'} ${name.padEnd(34)} ${String(size).padStart(8)} of ${budgets[kind]}`);
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
