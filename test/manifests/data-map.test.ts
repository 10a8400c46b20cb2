import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keptAboutPeople } from '#storage/person-export.ts';
import { personalTexts } from '#storage/personal-texts.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const tables = [...read('test/storage/schema.txt').matchAll(/^table (\w+)$/gm)].map(([, name = '']) => name);
const rows = read('docs/privacy.md')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, names = '', , , , goes = '', copy = '']) => ({
    names: [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    goes,
    copy,
  }));

test('the data map names every table once', () => {
  expect(tables.length).toBeGreaterThan(30);
  expect(rows.flatMap(({ names }) => names).toSorted()).toEqual(tables.toSorted());
});

test('what the map says is copied is copied, and what has words goes by erasure and age', () => {
  const copied = new Set(keptAboutPeople.map(({ table }) => table));
  const withWords = new Set(personalTexts.filter((one) => one.cleared.length > 0).map(({ table }) => table));
  for (const { names, goes, copy } of rows) {
    for (const name of names) {
      if (copied.has(name)) expect(copy, name).toMatch(/^yes/);
      if (withWords.has(name)) expect(goes, name).toContain('E, R');
    }
    if (copy === 'no') expect(names.filter((name) => copied.has(name))).toEqual([]);
  }
});
