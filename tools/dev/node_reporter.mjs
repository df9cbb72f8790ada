// A reporter for `node --test`: one line of JSON for every test that is not a group of others.
import { basename } from 'node:path';

export default async function* reporter(source) {
    for await (const { type, data } of source) {
        if (type !== 'test:pass' && type !== 'test:fail') continue;
        if (data.details?.type === 'suite') continue;
        const file = data.file ?? '';
        // Older Nodes report the file itself as a test around its tests.
        if (data.name === file || data.name.endsWith('_test.mjs')) {
            if (type === 'test:pass') continue;
        }
        const skipped = data.skip !== undefined || data.todo !== undefined;
        const error = data.details?.error;
        const output = skipped ? 'The test is skipped; nothing is skipped here.' : (error?.cause?.stack ?? error?.message ?? '');
        const ok = type === 'test:pass' && !skipped;
        yield `${JSON.stringify({ ae_test: { file: basename(file), name: data.name, ok, ms: data.details?.duration_ms ?? 0, output } })}\n`;
    }
}
