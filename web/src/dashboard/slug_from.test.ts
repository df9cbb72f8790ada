import { expect, it } from 'vitest';
import { slugFrom } from './slug_from';

it.each([
  ['Night Ferry', 'night-ferry'],
  ["Zoë's Café, live", 'zoes-cafe-live'],
  ['Straße 7', 'strasse-7'],
  ['  --  ', ''],
  ['日本語', ''],
  ['A very long name that does not fit at all', 'a-very-long-name-that-doe'],
])('makes of "%s" the address "%s"', (name, slug) => {
  expect(slugFrom(name)).toBe(slug);
});
