// Where things are.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const kRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
/** The folder of the programs under test; a sanitizer's build is tested by naming its preset. */
export const kBuild = path.join(kRoot, 'build', process.env.AE_PRESET ?? 'dev');
export const kServerProgram = process.env.AE_SERVER ?? path.join(kBuild, 'aethex');
export const kOut = path.join(kRoot, 'tests', 'system', 'out');
