import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateMessage, validateView } from '#sandbox/local-slack/blocks/validate.ts';
import { BLOCKS } from '#test/local-slack/blocks/blocks.ts';
import {
  accessory,
  button,
  home,
  letters,
  many,
  modal,
  plain,
  problemsOn,
  section,
} from '#test/local-slack/blocks/samples.ts';

describe('hostile text', () => {
  const family = '👨‍👩‍👧‍👦';
  const texts = [
    '😀',
    family,
    'مرحبا بالعالم',
    '\u202eنص\u202c',
    'שלום',
    'e\u0301',
    '<!channel> & <@U1>',
    '\u0000',
  ];

  test.each(texts.map((text) => [JSON.stringify(text), text]))('%s passes where it fits', (_, text) => {
    const blocks = [section({ text: plain(text) }), accessory(button({ text: plain(text) }))];
    expect(problemsOn('message', ...blocks)).toEqual([]);
    expect(problemsOn('modal', ...blocks)).toEqual([]);
    expect(validateMessage({ text, blocks })).toEqual([]);
  });

  test('half an emoji is refused wherever text stands', () => {
    const half = `${letters(3)}😀`.slice(0, 4);
    const refused = 'holds half a character, cut out of an emoji';
    expect(validateMessage({ text: half })).toEqual([`text: ${refused}`]);
    expect(problemsOn('message', section({ text: plain(half) }))).toEqual([`blocks[0].text: ${refused}`]);
    expect(problemsOn('message', accessory(button({ value: half })))).toEqual([
      `blocks[0].accessory.value: ${refused}`,
    ]);
    expect(problemsOn('message', { type: 'table', rows: [[{ type: 'raw_text', text: half }]] })).toEqual([
      `blocks[0].rows[0][0].text: ${refused}`,
    ]);
  });

  test('is counted in UTF-16 units, which no other count exceeds', () => {
    expect(family.length).toBe(11);
    const fits = plain(family.repeat(2) + letters(2));
    expect(validateView(modal([section()], { title: fits }))).toEqual([]);
    expect(validateView(modal([section()], { title: plain(family.repeat(2) + letters(3)) }))).toEqual([
      'title: 25 characters, at most 24',
    ]);
  });

  test('is not repeated at length in a problem', () => {
    const [line = ''] = problemsOn('message', { type: letters(5000) });
    expect(line).toContain(`"${letters(40)}…" is unknown`);
    expect(line.length).toBeLessThan(400);
  });
});

describe('a payload that nobody meant', () => {
  const anything = fc.jsonValue({ maxDepth: 6 });
  // Property names and types of Block Kit, so that random values reach the depths of the rules.
  const words = [
    'type',
    'text',
    'blocks',
    'elements',
    'element',
    'options',
    'accessory',
    'rows',
    'chart',
    'child_blocks',
    '__proto__',
  ];
  const types = [
    ...Object.keys(BLOCKS),
    'plain_text',
    'button',
    'static_select',
    'raw_text',
    'modal',
    'home',
  ];
  const { kit } = fc.letrec<{ kit: unknown }>((tie) => ({
    kit: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(...types),
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie('kit'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...words), tie('kit'), { maxKeys: 5 }),
      fc.record({
        type: fc.constantFrom(...types),
        text: tie('kit'),
        elements: fc.array(tie('kit'), { maxLength: 3 }),
      }),
    ),
  }));

  const lines = (problems: string[]) => {
    for (const line of problems) expect(line).toMatch(/^\S.*: \S/s);
  };

  test('is told apart, never thrown at', () => {
    fc.assert(
      fc.property(fc.oneof(anything, kit), (value) => {
        lines(validateView(value));
        lines(validateMessage({ text: value, blocks: value }));
        lines(validateView(modal([value])));
        lines(validateView(home([value, value])));
        lines(problemsOn('message', value));
      }),
      { numRuns: 400 },
    );
  });

  test('even where properties are missing', () => {
    const payload = fc.record({ text: anything, blocks: anything }, { requiredKeys: [] });
    fc.assert(
      fc.property(payload, (value) => {
        lines(validateMessage(value));
      }),
    );
  });

  test('a good block with one part replaced is refused or still good, never thrown at', () => {
    const good = Object.values(BLOCKS).flat();
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.nat(30), fc.oneof(anything, kit), (block, at, value) => {
        const keys = Object.keys(block);
        const key = keys[at % keys.length] ?? 'type';
        lines(problemsOn('message', { ...block, [key]: value }));
      }),
      { numRuns: 400 },
    );
  });

  test('nested deeper than the call stack is answered', () => {
    let deep: unknown = 'x';
    for (const type of many(50_000, () => 'container')) deep = { type, child_blocks: [deep] };
    expect(problemsOn('message', deep)[0]).toContain(
      'blocks[0].child_blocks[0].type: "container" is unknown',
    );
  });
});
