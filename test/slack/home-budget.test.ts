import type { KnownBlock } from '@slack/web-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitParts } from '#slack/home/budget.ts';

const header = (text: string): KnownBlock => ({ type: 'header', text: { type: 'plain_text', text } });
const row = (text: string): KnownBlock => ({ type: 'section', text: { type: 'plain_text', text } });
const button: KnownBlock = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'do', text: { type: 'plain_text', text: 'Do' } }],
};
const foot: KnownBlock = { type: 'context', elements: [{ type: 'plain_text', text: 'who sees' }] };

const rows = (count: number): KnownBlock[] =>
  Array.from({ length: count }, (_, at) => [row(`${at}`), button]).flat();
const wordsOf = (blocks: KnownBlock[]): string[] =>
  blocks.map((block) => {
    if (block.type === 'context')
      return block.elements.map((one) => ('text' in one ? one.text : '')).join('');
    if (block.type === 'section' || block.type === 'header') return block.text?.text ?? '';
    return block.type;
  });

test('what fits stays as it is', () => {
  const parts = [[header('a'), ...rows(3), foot], [header('b')]];
  expect(fitParts(parts, 9)).toEqual(parts);
});

test('what does not fit loses whole rows, says how many, and keeps its heading and last line', () => {
  const [only = []] = fitParts([[header('a'), ...rows(10), foot]], 9);
  expect(wordsOf(only)).toEqual([
    'a',
    '0',
    'actions',
    '1',
    'actions',
    '2',
    'actions',
    '7 more are not shown here.',
    'who sees',
  ]);
});

test('a small part is whole beside a large one', () => {
  const [large = [], small = []] = fitParts(
    [
      [header('a'), ...rows(60)],
      [header('b'), ...rows(2)],
    ],
    50,
  );
  expect(small).toHaveLength(5);
  expect(large.length).toBeLessThanOrEqual(45);
  expect(wordsOf(large).at(-1)).toBe('39 more are not shown here.');
});

const part = fc
  .array(fc.record({ count: fc.nat(40), hasFoot: fc.boolean() }), { minLength: 1, maxLength: 3 })
  .map((sections) =>
    sections.flatMap(({ count, hasFoot }, at) => [
      header(`${at}`),
      ...rows(count),
      ...(hasFoot ? [foot] : []),
    ]),
  );

test('whatever the parts are, all fit, no row is without its button, and none is lost uncounted', () => {
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 60, max: 100 }),
      (parts, most) => {
        const fitting = fitParts(parts, most);
        expect(fitting.flat().length).toBeLessThanOrEqual(most);
        for (const [at, blocks] of fitting.entries()) {
          blocks.forEach((block, index) => {
            if (block.type === 'section') expect(blocks[index + 1]?.type).toBe('actions');
          });
          const count = (of: KnownBlock[]): number => of.filter(({ type }) => type === 'section').length;
          const hidden = wordsOf(blocks).flatMap((words) => /^(\d+) more/.exec(words)?.[1] ?? []);
          const told = hidden.reduce((sum, one) => sum + Number(one), 0);
          expect(count(blocks) + told).toBe(count(parts[at] ?? []));
        }
      },
    ),
  );
});
