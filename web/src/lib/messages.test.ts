import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';

type Words = Record<string, string | MessageFormatElement[]>;
type Catalogue = Record<string, string>;
const kFiles = import.meta.glob<string>('../../messages/*.json', { query: '?raw', import: 'default', eager: true });
const catalogues = Object.fromEntries(Object.entries(kFiles).map(([path, text]) => [path.replace(/.*\/|\.json$/g, ''), JSON.parse(text) as Catalogue]));
// The same as the page gets them: with their variables taken apart.
const kParsed = import.meta.glob<Words>('../../messages/*.json', { import: 'default', eager: true });
const wordsOf = (name: string): Words => kParsed[`../../messages/${name}.json`] ?? {};
const catalogue = (name: string): Catalogue => catalogues[name] ?? {};

const files = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const source = Object.entries(files)
  .filter(([path]) => !path.includes('.test.'))
  .map(([, text]) => text)
  .join('\n');

describe.each(['en', 'en.people'])('%s', (name) => {
  it('says nothing that no screen shows', () => {
    expect(Object.keys(catalogue(name)).filter((id) => !source.includes(`'${id}'`))).toEqual([]);
  });
});

it('says nothing twice', () => {
  const people = new Set(Object.keys(catalogue('en.people')));
  expect(Object.keys(catalogue('en')).filter((id) => people.has(id))).toEqual([]);
});

it.each(Object.keys(catalogues))('%s keeps its lines in order, so that two changes rarely meet', (name) => {
  expect(Object.keys(catalogue(name))).toEqual(Object.keys(catalogue(name)).sort());
});

// TYPE.literal: its `value` is text; everything else with a value names a variable.
const isLiteral = (each: MessageFormatElement) => each.type.valueOf() === 0;

function namesIn(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((each) => {
    const options = 'options' in each ? Object.values(each.options).flatMap((option) => namesIn(option.value)) : [];
    return isLiteral(each) || !('value' in each) ? options : [each.value, ...options];
  });
}

describe.each(['de', 'de.people', 'es', 'es.people'])('%s', (name) => {
  const english = name.replace(/^[a-z]+/, 'en');

  it('has the keys of English', () => {
    expect(Object.keys(catalogue(name))).toEqual(Object.keys(catalogue(english)));
  });

  it('fills in what English fills in', () => {
    const filled = (words: Words) => Object.entries(words).map(([id, said]) => [id, typeof said === 'string' ? [] : [...new Set(namesIn(said))].sort()]);
    expect(filled(wordsOf(name))).toEqual(filled(wordsOf(english)));
  });
});
