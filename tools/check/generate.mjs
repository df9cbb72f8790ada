import { generateAll } from './generated.mjs';

await generateAll();
