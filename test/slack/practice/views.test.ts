import { describe, expect, test } from 'vitest';
import { practiceItems } from '#domain/practice/items.ts';
import { reflections, verifications } from '#domain/practice/rating.ts';
import { defaultSettings } from '#domain/settings.ts';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { PracticeStanding, PracticeView } from '#services/view-practice.ts';
import { assignModal, carriedOf, ownWords } from '#slack/practice/assign-view.ts';
import { ownPart, teamPart } from '#slack/practice/home.ts';
import { listModal } from '#slack/practice/list-view.ts';
import { carriedOf as reflectionCarried, reflectModal } from '#slack/practice/reflect-view.ts';
import { verifyModal } from '#slack/practice/verify-view.ts';
import { fields } from '#slack/practice/view.ts';
import { fitted } from '#slack/text.ts';
import type { PracticeReview } from '#storage/practice-reviews.ts';
import { markupIn } from '../../features/inert.ts';

const hostile = [
  'Sam',
  'W'.repeat(300),
  '<!channel> @here *bold* `code` ~x~ _y_ & <https://example.test|pay>',
  '👩‍👩‍👧‍👦'.repeat(300),
  'מנהלת מכירות '.repeat(60),
  '\u202Ereversed\u202C ```block``` :smile:',
  '\n\n\t \u0007line\nbreaks',
];

const at = new Date('2026-03-02T14:00:00Z');

const review = (words: string, index: number): PracticeReview => ({
  id: `r${index}`,
  assignmentId: `a${index}`,
  occurrenceId: `o${index}`,
  repId: 'U1',
  reflectedOn: '2026-03-02',
  reflectedAt: at,
  reflection: reflections[index % 3] ?? 'did_it',
  account: index % 2 === 0 ? words : null,
  sentence: words,
  obstacle: index % 3 === 0 ? words : null,
  late: index % 2 === 0,
  verified:
    index % 4 === 0
      ? null
      : { verification: verifications[index % 3] ?? null, by: 'U2', at, noteToRep: words },
});

const assignment = (words: string, index: number) => ({
  id: `a${index}`,
  repId: 'U1',
  pillar: null,
  itemId: null,
  title: words,
  situation: index % 2 === 0 ? words : null,
  task: words,
  question: index % 2 === 0 ? words : null,
  why: words,
  assignedBy: 'U2',
  assignedAt: at,
  firstDueOn: '2026-03-02',
  masteredAt: null,
  ended: null,
  broughtBackAt: null,
});

const standing = (words: string, index: number): PracticeStanding => ({
  assignment: assignment(words, index),
  state: (['current', 'mastered', 'retired', 'withdrawn'] as const)[index % 4] ?? 'current',
  next: index % 4 === 0 ? { occurrenceId: `o${index}`, on: '2026-03-03', asked: index % 8 === 0 } : undefined,
  missed: index % 8 === 0 ? { occurrenceId: `m${index}`, inARow: 3 } : undefined,
  last: index % 2 === 0 ? review(words, index) : undefined,
});

/** Every text in which Slack reads mark-up is ours alone. */
function isInert(view: object): void {
  const { private_metadata: _, ...shown } = view as { private_metadata?: string };
  expect(markupIn(shown).filter((text) => text.includes('<!') || text.includes('<http'))).toEqual([]);
}

describe.each(hostile.map((words) => [fitted(words, 12), words]))(
  'with people and words like %j',
  (_, words) => {
    test('the form to give an item stays within the limits, empty, chosen and in own words', () => {
      const pillarNames = { ...defaultSettings.pillarNames, teach: words.trim().slice(0, 24) };
      for (const count of [0, 1, 8, 60]) {
        const practising = Array.from({ length: count }, () => words);
        const opened = { repId: 'U1', repName: words, pillarNames, practising, proposed: '2026-03-03' };
        for (const chosen of [
          undefined,
          ownWords,
          'gone',
          ...practiceItems.slice(0, 3).map(({ id }) => id),
        ]) {
          const carried = { ...carriedOf(opened), ...(chosen === undefined ? {} : { chosen }) };
          const view = assignModal(carried);
          expect(validateView(view)).toEqual([]);
          isInert(view);
        }
      }
    });

    test('the look back does, new, written before and with more', () => {
      for (const index of [0, 1, 2, 3]) {
        for (const managerName of [undefined, words]) {
          const carried = reflectionCarried({
            occurrenceId: 'o1',
            words: assignment(words, index),
            why: words,
            managerName,
            written: undefined,
          });
          const typed = { account: words, sentence: words };
          for (const view of [reflectModal(carried), reflectModal({ ...carried, more: true }, typed)]) {
            expect(validateView(view)).toEqual([]);
            isInert(view);
          }
        }
      }
    });

    test('what the manager is asked does', () => {
      for (const index of [0, 1, 2, 3]) {
        const view = verifyModal({
          review: review(words, index),
          repName: words,
          words: assignment(words, index),
        });
        expect(validateView(view)).toEqual([]);
        isInert(view);
      }
    });

    test.each([0, 1, 8, 60, 200])('the list of %d items does, for each who may see it', (count) => {
      for (const as of ['rep', 'manager', 'reader'] as const) {
        const standings = Array.from({ length: count }, (_, index) => standing(words, index));
        const list: PracticeView = {
          repId: 'U1',
          repName: words,
          standings,
          unverified: [],
          today: '2026-03-02',
          as,
        };
        const view = listModal(list);
        expect(validateView(view)).toEqual([]);
        isInert(view);
        expect(JSON.stringify(view)).toContain('other reps do not');
      }
    });
  },
);

describe.each([0, 1, 8, 60, 200])('Home with %d reps or items', (count) => {
  test.each(hostile.map((words) => [fitted(words, 12), words]))('called %j stays short', (_, words) => {
    const standings = Array.from({ length: count }, (_one, index) => standing(words, index));
    const unverified = standings.flatMap(({ last }) => (last?.verified === null ? [last] : []));
    const team = Array.from({ length: count }, (_one, index) => ({
      repId: `U${index}`,
      repName: words,
      standings: index % 2 === 0 ? standings.slice(0, 5) : [],
      unverified: unverified.slice(0, 2),
    }));
    const blocks = [...ownPart({ repId: 'U1', repName: words, standings, unverified }), ...teamPart(team)];
    expect(blocks.length).toBeLessThanOrEqual(6);
    if (count > 0) expect(validateView({ type: 'home', blocks })).toEqual([]);
    isInert({ blocks });
  });
});

test('every item of the bank can be chosen, and none is cut', () => {
  const { pillarNames } = defaultSettings;
  const opened = { repId: 'U1', repName: 'Sam', pillarNames, practising: [], proposed: '2026-03-03' };
  const menu = assignModal(carriedOf(opened)).blocks.find((block) => block.block_id === fields.item);
  const words = JSON.stringify(menu);
  for (const { title, id } of practiceItems)
    expect(words).toContain(`"value":"${id}","text":{"type":"plain_text","text":"${title} (`);
  expect(words).not.toContain('…');
});
