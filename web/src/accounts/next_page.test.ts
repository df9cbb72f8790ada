import { expect, it } from 'vitest';
import { nextPage } from './next_page';

it.each([
  ['/dashboard', '/dashboard'],
  ['/settings?tab=sessions#top', '/settings?tab=sessions#top'],
  [undefined, '/'],
  ['', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/\t/evil.example', '/'],
  ['/auth/login?next=/x', '/'],
])('leads from %s to %s', (wanted, page) => {
  expect(nextPage(wanted, '/')).toBe(page);
});
