import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestWord } from '#domain/nearest.ts';

const known = ['log', 'help', 'import', 'uncertain'];

test.each([
  ['lgo', 'log'],
  ['og', 'log'],
  ['loog', 'log'],
  ['lag', 'log'],
  ['LOG', 'log'],
  ['hlep', 'help'],
  ['halp', 'help'],
  ['imprt', 'import'],
  ['uncertian', 'uncertain'],
])('%s means %s', (typed, meant) => {
  expect(nearestWord(typed, known)).toBe(meant);
});

test.each(['', 'x', 'quarterly', 'gol!', 'certainly not', '日本'])(
  '%j means nothing that is known',
  (typed) => {
    expect(nearestWord(typed, known)).toBeUndefined();
  },
);

test('where nothing is known, nothing is meant', () => {
  expect(nearestWord('log', [])).toBeUndefined();
});

test('every word means itself, and itself with one letter more, less or swapped', () => {
  fc.assert(
    fc.property(fc.constantFrom(...known), fc.nat(), fc.constantFrom('z', ''), (word, place, letter) => {
      const at = place % word.length;
      expect(nearestWord(word, known)).toBe(word);
      expect(nearestWord(word.slice(0, at) + letter + word.slice(at), known)).toBe(word);
      expect(nearestWord(word.slice(0, at) + word.slice(at + 1), known)).toBe(word);
      const swapped =
        word.slice(0, at) +
        word
          .slice(at, at + 2)
          .split('')
          .reverse()
          .join('') +
        word.slice(at + 2);
      expect(nearestWord(swapped, known)).toBe(word);
    }),
  );
});

test('a very long word is answered at once', () => {
  expect(nearestWord('x'.repeat(16_000), known)).toBeUndefined();
});
