// Writes src/api/schema.ts out of the contract, api/openapi.json. Nobody types a request or an answer by hand.
//   node scripts/gen.mjs [CONTRACT]
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = process.argv[2] ? pathToFileURL(resolve(process.argv[2])) : new URL('../../api/openapi.json', import.meta.url);
const tree = await openapiTS(contract, { alphabetize: true, immutable: false });
writeFileSync(new URL('../src/api/schema.ts', import.meta.url), `// Generated from api/openapi.json by \`npm run gen\`. Do not edit.\n\n${astToString(tree)}`);
