import { describe, expect, test } from 'vitest';
import { validateMessage, validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { NamedRow } from '#slack/card/load-rows.ts';
import { rowsMessage } from '#slack/card/message.ts';
import { rowBlocks } from '#slack/card/row-blocks.ts';
import { fitted, inOneLine, nameOf } from '#slack/text.ts';
import type { OccurrenceFacts } from '#storage/card.ts';
import { markupIn } from '#test/features/inert.ts';

/** Any row of any feature against Slack's limits, with what people may be called and write. */
const names = [
  'Sam',
  'M'.repeat(200),
  '🧑🏽‍🚀'.repeat(60),
  `${'a\u0301\u0302\u0303'.repeat(80)}`,
  'שרה'.repeat(60),
  '&<>"*_~`'.repeat(20),
  '\u202E\u0000\u0007',
  '<!channel> <@U0VICTIM> <https://evil.example|click>',
  '',
];
const counts = [0, 1, 8, 20, 21, 40, 60, 500];

const occurrence = (id: string): OccurrenceFacts => ({
  occurrenceId: id,
  kind: 'one_on_one',
  period: '2026-W10',
  state: 'due',
  reason: null,
  askedId: 'U0DANA',
  askedName: 'Dana',
  aboutId: 'U0SAM',
  aboutName: 'Sam',
  standInId: null,
  subjectId: null,
  dueAt: new Date('2026-03-05T21:00:00Z'),
  closesAt: new Date('2026-03-12T21:00:00Z'),
  snoozedUntil: null,
  onNewerCard: null,
});

function rowOf(index: number, name: string): NamedRow {
  const id = crypto.randomUUID();
  const shown = nameOf(name);
  const text = fitted(inOneLine(name.repeat(5)), 300);
  const kind = index % 4;
  return {
    id,
    occurrence: kind === 3 ? undefined : occurrence(id),
    row: {
      open: kind !== 2,
      later: kind === 1,
      text: [{ bold: shown }, `, 16:00\n${text}`],
      ...(kind === 0 || kind === 3
        ? {
            act: {
              label: 'Log 1:1',
              actionId: 'one_on_one.log',
              value: id,
              describes: `Log 1:1 with ${shown}`,
            },
          }
        : {}),
      ...(kind === 3
        ? {
            also: {
              label: 'Not this one',
              actionId: 'watch.no',
              value: id,
              describes: `Not this one, ${shown}`,
            },
          }
        : {}),
      movable: kind === 0,
      counted: ['1:1', '1:1s'],
      alone: `${shown}'s 1:1 just ended.`,
    },
  };
}

describe.each(counts)('a message of %d rows', (count) => {
  test.each(names)('about %j stays within the limits, and names stay text', (name) => {
    const rows = Array.from({ length: count }, (_, index) => rowOf(index, name));
    const message = rowsMessage(rows, `Thu 5 Mar: ${count} 1:1s with ${nameOf(name)}.`);
    expect(validateMessage(message)).toEqual([]);
    // Slack takes ten times as much in a post, but no more than this in an edit.
    expect(message.text.length).toBeLessThan(4000);
    expect(markupIn(message).filter((text) => text.includes('<!channel>'))).toEqual([]);
    const home = rowBlocks(rows, { blocks: 40 });
    // Slack takes no Home without a block; the rows never stand there alone.
    const header = { type: 'header', text: { type: 'plain_text', text: 'To do' } };
    expect(validateView({ type: 'home', blocks: [header, ...home.blocks] })).toEqual([]);
  });
});

test('what does not fit is counted, never lost in silence', () => {
  const rows = Array.from({ length: 500 }, (_, index) => rowOf(index * 4, 'Sam'));
  const words = JSON.stringify(rowsMessage(rows, 'Thu 5 Mar'));
  const shown = rows.filter(({ id }) => words.includes(id)).length;
  expect(shown).toBeGreaterThan(10);
  expect(words).toContain(`${500 - shown} more are on your Home tab.`);
});
