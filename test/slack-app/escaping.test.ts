import { describe, expect, test } from 'vitest';
import type { HomeData } from '#services/view-home.ts';
import { carriedOf } from '#slack/one-on-one/carried.ts';
import { askWhose } from '#slack/one-on-one/choose-rep.ts';
import { oneOnOneHome } from '#slack/one-on-one/home.ts';
import { promptMessage } from '#slack/one-on-one/message.ts';
import { explain } from '#slack/one-on-one/replies.ts';
import { oneOnOneModal } from '#slack/one-on-one/view.ts';
import { questionMessage } from '#slack/preparation/message.ts';
import { preparationModal } from '#slack/preparation/view.ts';
import { asTyped, fitted, inMarkup, inOneLine, mentionedUser, nameOf, storable } from '#slack/text.ts';
import { markupIn } from '#test/features/inert.ts';

/** Each is one word, so that it is a first name, too. */
const hostile = [
  '<!channel>',
  '<@U0VICTIM>',
  '<https://evil.example|click>',
  '*bold*',
  '`code`',
  '~struck~',
  '_slanted_',
  '\u202Eturned',
];
const id = '00000000-0000-4000-8000-000000000000';
const dueAt = new Date('2026-03-05T21:00:00Z');

describe.each(hostile)('%j', (text) => {
  const built: [string, () => unknown][] = [
    [
      'as the name in a prompt and its notification',
      () =>
        (['planned', 'done', 'expired', 'excused'] as const).map((state) =>
          promptMessage({
            rows: [
              {
                occurrenceId: id,
                repId: 'U0',
                repName: text,
                state,
                reason: null,
                dueAt,
                takeaway: { text, by: '2026-03-12' },
              },
            ],
            receiverTimeZone: 'UTC',
          }),
        ),
    ],
    [
      'in a question before a 1:1',
      () =>
        [null, text].map((answer) =>
          questionMessage(
            [{ occurrenceId: id, managerName: text, dueAt, state: 'planned', answer, commitment: text }],
            'UTC',
          ),
        ),
    ],
    [
      'in the modal of that question',
      () => preparationModal({ occurrenceId: id, managerName: text, answer: text }),
    ],
    [
      'in the modal of a 1:1',
      () => {
        const commitment = { id, logId: id, text, by: '2026-03-12' };
        const opened = { repId: 'U0', repName: text, occurrenceId: id, preparation: text, commitment };
        const carried = carriedOf({ ...opened, today: '2026-03-05', by: '2026-03-12' });
        return oneOnOneModal({ ...carried, more: true, doubted: 'x' });
      },
    ],
    ['among names to choose from, and as what was typed', () => askWhose([{ id: 'U0', name: text }], text)],
    ['in a refusal', () => explain({ kind: 'not_your_report', repId: 'U0', repName: text }, undefined)],
    [
      'on a Home',
      () => {
        const pair = { managerId: 'U0', managerName: text, repId: 'U1', repName: text, lastHeldOn: null };
        const shown = { ...pair, next: null, commitment: { text, by: '2026-03-12' } };
        const data: HomeData = {
          roles: ['manager', 'rep'],
          timeZone: 'UTC',
          now: 0,
          reports: [shown],
          own: [shown],
          workspace: undefined,
        };
        return { blocks: oneOnOneHome(data) };
      },
    ],
  ];

  test.each(built)('is nothing but text %s', (_, build) => {
    const texts = markupIn(build());
    expect(texts.filter((one) => one.includes(text))).toEqual([]);
  });
});

describe('text', () => {
  test.each([
    ['R&D <bob>', 'R&amp;D &lt;bob&gt;'],
    ['snake_case and 2*3*4 stay', 'snake_case and 2*3*4 stay'],
    ['*a* _b_ ~c~ `d`', '∗a∗ ˍbˍ ∼c∼ ˋdˋ'],
    ['&amp;', '&amp;amp;'],
  ])('%s in mark-up is %s', (text, shown) => {
    expect(inMarkup(text)).toBe(shown);
  });

  test.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['one word too many', 9, 'one word…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12, '👩‍👩‍👧‍👦…'],
    ['🧑🏽‍🚀', 3, '…'],
  ])('%s fitted into %d is %s', (text, most, shown) => {
    expect(fitted(text, most)).toBe(shown);
    expect(fitted(text, most).length).toBeLessThanOrEqual(most);
  });

  test('in one line has no line breaks, no control characters and nothing that turns the line', () => {
    expect(inOneLine(' a\n\tb\u0000c \u202Ed\u2066 ')).toBe('a b c d');
    expect(inOneLine('שלום')).toBe('שלום');
  });

  test.each([
    ['', 'somebody'],
    ['\u202E', 'somebody'],
    ['Sam Rivera', 'Sam Rivera'],
    ['שרה', '\u2068שרה\u2069'],
  ])('the name %j is shown as %j', (name, shown) => {
    expect(nameOf(name)).toBe(shown);
  });

  test('a name that reads to the left is closed again, however short it is cut', () => {
    const cut = nameOf('שרה'.repeat(40), 10);
    expect(cut).toMatch(/^\u2068.*…\u2069$/);
    expect(cut).toHaveLength(10);
  });

  test.each([
    ['<@U123|sam> and more', 'U123'],
    ['log <@W9AB>', 'W9AB'],
    ['@sam', undefined],
    ['<!subteam^S123|@leads>', undefined],
    ['<#C123|general>', undefined],
  ])('%s mentions %s', (text, user) => {
    expect(mentionedUser(text)).toBe(user);
  });

  test.each([
    ['<@U123|sam> <#C1|general> <!subteam^S1|@leads>', '@sam #general @leads'],
    ['<!here> <@U123> <https://a.example|a> <https://b.example>', '@here @U123 a https://b.example'],
    ['R&amp;D &lt;b&gt; &amp;lt;', 'R&D <b> &lt;'],
  ])('%s was typed as %s', (sent, typed) => {
    expect(asTyped(sent)).toBe(typed);
  });

  test.each([
    ['  kept\nas it is\t ', 'kept\nas it is'],
    ['nul\u0000 bell\u0007 end\r\n', 'nul bell end'],
    ['half \ud83e', 'half \ufffd'],
    [' \u0000\n ', undefined],
  ])('%j is stored as %j', (written, stored) => {
    expect(storable(written)).toBe(stored);
  });
});
