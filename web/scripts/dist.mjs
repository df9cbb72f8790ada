// What the build's scripts share: where the built app lies and how to walk it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** Paths of all files, relative to `dist`, in order, with "/" between folders. */
export function filesOf(folder = dist) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

export function readManifest() {
  return JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
}

/** A chunk's own file and everything that it imports before it can run. */
export function closureOf(manifest, key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const each of manifest[key].imports ?? []) closureOf(manifest, each, seen);
  return seen;
}

export function entryOf(manifest) {
  return Object.keys(manifest).find((key) => manifest[key].isEntry);
}
