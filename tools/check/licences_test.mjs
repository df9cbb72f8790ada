import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mayBeLinked, shippedPackages } from './licences.mjs';

test('copyleft and the unknown may not be linked', () => {
    for (const licence of ['GPL-2.0-or-later', 'LGPL-3.0', 'AGPL-3.0-only', 'unknown', 'MIT AND GPL-2.0-only']) assert.ok(!mayBeLinked(licence), licence);
    for (const licence of ['MIT', '(MIT OR GPL-3.0)', 'Apache-2.0 WITH LLVM-exception', 'MIT AND ISC']) assert.ok(mayBeLinked(licence), licence);
});

test('what is only for development is not shipped', () => {
    const packages = { '': {}, 'node_modules/a': { version: '1.0.0', license: 'MIT' }, 'node_modules/b': { version: '2.0.0', license: 'GPL-3.0', dev: true } };
    assert.deepEqual(shippedPackages({ packages }), [{ name: 'a', version: '1.0.0', licence: 'MIT' }]);
});
