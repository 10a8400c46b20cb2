import { describe, expect, test } from 'vitest';
import { dutyKinds } from '#domain/occurrence.ts';
import { waits } from '#domain/sending.ts';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { MessageEnd } from '#services/decided-delivery.ts';
import type { DutyEnd } from '#services/decided-duties.ts';
import type { Decided, MessagesExplained } from '#services/explain-messages.ts';
import { mostInAll, whyModal } from '#slack/why/view.ts';
import { markupIn } from '../../features/inert.ts';

const hostile = [
  'Sam',
  'W'.repeat(300),
  '<!channel> @here *bold* `code` ~x~ _y_ & <https://example.test|pay>',
  '👩‍👩‍👧‍👦'.repeat(300),
  'מנהלת מכירות '.repeat(60),
  '\u202Ereversed\u202C ```block``` :smile:',
  '\n\n\t \u0007line\nbreaks',
  'Sam — who — dashes',
];

const at = new Date('2026-03-12T20:30:00Z');
const card = { kind: 'card' as const, at, state: 'delivered' as const };

const holiday = { date: '2026-12-25', country: 'US', name: 'Christmas Day' };

const messageEnds: MessageEnd[] = [
  { kind: 'sent', settledAt: at, attempts: 12, answer: 'ok' },
  ...[...waits, 'joined' as const].map((because): MessageEnd => ({ kind: 'left_to_card', because, card })),
  { kind: 'left_to_card', because: 'outside_working_time', card, holiday },
  { kind: 'dropped', because: 'e'.repeat(500) },
  { kind: 'waits', answer: 'ratelimited', inSeconds: 30 },
  { kind: 'being_posted' },
  { kind: 'uncertain', answer: 'http_500' },
];

const dutyEnds = (name: string): DutyEnd[] => [
  { kind: 'excused', because: 'away' },
  { kind: 'stood_in', standInName: name },
  { kind: 'waits_for_return', until: '2026-03-16', whoIsAway: 'other' },
  { kind: 'put_off', until: at },
  { kind: 'moved_by_holiday', until: '2026-12-28', holiday },
];

/** As much as there can be, all about people of one name. */
function explained(name: string, count: number): MessagesExplained {
  const duties = Array.from({ length: 60 }, (_, index) => ({
    kind: dutyKinds[index % dutyKinds.length] ?? 'practice',
    askedId: 'U0DANA',
    aboutId: `U${index}`,
    aboutName: `${index}${name}`,
    dueAt: at,
  }));
  const [duty] = duties;
  if (duty === undefined) throw new Error('no duty');
  const all: Decided[] = [
    ...messageEnds.map((end): Decided => ({ what: 'message', at, kind: 'card', duties, notes: 60, end })),
    ...dutyEnds(name).map((end): Decided => ({ what: 'duty', at, duty, end })),
  ];
  const decisions = Array.from({ length: count }, (_, index) => all[index % all.length]).filter(
    (one) => one !== undefined,
  );
  return {
    person: { id: 'U0DANA', name, timeZone: 'America/Argentina/ComodRivadavia' },
    standing: [
      { kind: 'slack_waits' },
      { kind: 'later', because: 'week_is_full', cardAt: at, most: 10 },
      { kind: 'away', lastDay: '2026-03-13', cardAt: at },
    ],
    next: { kind: 'card', at, duties, notes: 1 },
    holidays: Array.from({ length: 7 }, () => holiday),
    decisions,
    more: count > 0,
  };
}

describe.each(hostile)('of somebody called %j', (name) => {
  test.each([0, 1, 8, mostInAll])(
    '%i decisions keep to the limits, and nothing is read as mark-up',
    (count) => {
      for (const viewerId of ['U0DANA', 'U0EVE']) {
        const view = whyModal(explained(name, count), viewerId);
        expect(validateView(view)).toEqual([]);
        expect(markupIn(view.blocks)).toEqual([]);
      }
    },
  );
});
