import { expect, it } from 'vitest';
import en from '../../messages/en.json';

const files = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const source = Object.entries(files)
  .filter(([path]) => !path.includes('.test.'))
  .map(([, text]) => text)
  .join('\n');

it('says nothing that no screen shows', () => {
  const unused = Object.keys(en).filter((id) => !source.includes(`'${id}'`));
  expect(unused).toEqual([]);
});

it('keeps its lines in order, so that two changes rarely meet', () => {
  expect(Object.keys(en)).toEqual(Object.keys(en).sort());
});
