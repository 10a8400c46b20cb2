import type { KnownBlock } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { rhythms } from '#domain/slot.ts';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { Slots } from '#services/view-slots.ts';
import {
  type Carried,
  carriedOf,
  mostRows,
  namesOf,
  readCarried,
  writeCarried,
} from '#slack/cadence/carried.ts';
import { setAll } from '#slack/cadence/submission.ts';
import { cadenceModal, pairModal } from '#slack/cadence/view.ts';
import { commitmentModal } from '#slack/commitment/view.ts';
import { carriedToChange } from '#slack/one-on-one/carried.ts';
import { historyModal } from '#slack/one-on-one/history.ts';
import { oneOnOneModal } from '#slack/one-on-one/view.ts';

/** The screens of slots, commitments and changed logs, with what people may be called and write. */
const names = [
  'Sam',
  'M'.repeat(200),
  '🧑🏽‍🚀'.repeat(60),
  'שרה'.repeat(60),
  '&<>"*_~`'.repeat(20),
  '\u202E\u0000\u0007',
  '',
];
const texts = ['ask', 'x'.repeat(3000), '🧨'.repeat(1500), '&<>"\\'.repeat(500), 'כאשר '.repeat(500)];

function slotsOf(count: number, name: string): Slots {
  return {
    timeZone: 'America/Argentina/ComodRivadavia',
    today: '2026-03-02',
    slots: Array.from({ length: count }, (_, index) => ({
      repId: `U0${String(index).padStart(9, '0')}`,
      repName: name,
      slot: { weekday: (index % 7) + 1, time: '16:00', rhythm: rhythms[index % rhythms.length] ?? '1' },
      pause: index % 3 === 0 ? { until: index % 2 === 0 ? null : '2026-12-31' } : null,
    })),
  };
}

describe.each([1, 8, 25, 60, 75, 500])('the slots of %d pairs', (count) => {
  test.each(names)('named %j stay within the limits, page by page and after every row is changed', (name) => {
    const slots = slotsOf(count, name);
    const opened = carriedOf(slots);
    const changed = setAll(opened, { weekday: 2, time: '08:15' });
    for (const carried of [opened, changed]) {
      for (let page = 0; page * 25 < carried.rows.length; page += 1) {
        const view = cadenceModal({ ...carried, page }, namesOf(slots), count);
        expect(validateView(view)).toEqual([]);
        expect(view.private_metadata?.length).toBeLessThanOrEqual(3000);
      }
    }
  });

  test('are carried as they are', () => {
    const opened = carriedOf(slotsOf(count, 'Sam'));
    const changed: Carried = setAll(opened, { weekday: 2, time: '08:15' });
    expect(opened.rows).toHaveLength(Math.min(count, mostRows));
    for (const carried of [opened, changed]) {
      expect(readCarried({ privateMetadata: writeCarried(carried) })).toEqual(carried);
    }
  });
});

test.each(names)('the other screens stay within the limits for %j', (name) => {
  const pillarNames = { teach: 'T'.repeat(24), tailor: 'U'.repeat(24), takeControl: 'V'.repeat(24) };
  for (const text of texts) {
    const takeaway = text.slice(0, 600);
    const saved = {
      about: 'deal' as const,
      heldOn: '2026-03-02',
      takeaway,
      keep: false,
      by: '2026-03-09',
      last: {
        commitmentId: crypto.randomUUID(),
        outcome: 'unasked' as const,
        evidence: 'told' as const,
        account: text.slice(0, 120),
      },
      privateNote: text,
      insisted: true,
      focus: text.slice(0, 60),
      gap: 'will' as const,
      minutes: 600,
      blockers: text.slice(0, 1000),
      nextOn: '2026-03-10',
    };
    const commitment = {
      id: crypto.randomUUID(),
      logId: crypto.randomUUID(),
      managerId: 'U0DANA',
      repId: 'U0SAM',
      text,
      by: '2026-03-09',
      focus: null,
      state: 'closed' as const,
      outcome: null,
      evidence: null,
      account: null,
      outcomeLogId: null,
    };
    const opened = {
      logId: crypto.randomUUID(),
      saved,
      repId: 'U0SAM',
      repName: name,
      occurrenceId: crypto.randomUUID(),
      preparation: text,
      commitment,
      habit: { times: 30, accounts: 20 },
      pillarNames,
      today: '2026-03-02',
      by: '2026-03-09',
    };
    const carried = { ...carriedToChange(opened), doubted: 'd'.repeat(43) };
    const views = [
      oneOnOneModal(carried, saved),
      pairModal(
        { repId: 'U0SAM', repName: name, slot: { weekday: 4, time: '16:00', rhythm: '1' }, pause: null },
        slotsOf(1, name),
      ),
      commitmentModal({ commitmentId: commitment.id, repId: 'U0SAM', repName: name, text, by: '2026-03-09' }),
      historyModal(
        {
          repName: name,
          isRep: false,
          timeZone: 'Pacific/Chatham',
          versions: Array.from({ length: 20 }, (_, index) => ({
            savedAt: new Date(0),
            savedBy: name,
            content: index === 0 ? undefined : saved,
          })),
        },
        { onTop: true },
      ),
    ];
    for (const view of views) {
      expect(validateView(view)).toEqual([]);
      expect(view.private_metadata?.length ?? 0).toBeLessThanOrEqual(3000);
    }
  }
});

test('each rhythm is to be read in a menu that stands in a row with others', () => {
  const rows = carriedOf(slotsOf(1, 'Sam'));
  const { blocks } = cadenceModal(rows, namesOf(slotsOf(1, 'Sam')));
  const options = (blocks as KnownBlock[])
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .flatMap((one) => (one.type === 'static_select' ? (one.options ?? []) : []))
    .map(({ text }) => text.text);
  expect(options).toContain('Every 2nd week: next');
  expect(options.filter((text) => text.length > 23)).toEqual([]);
});

test('the form for what became of a commitment says when it needs to be told how one knows', () => {
  const about = { commitmentId: 'C', repId: 'U0SAM', repName: 'Sam', text: 'ask', by: '2026-03-09' };
  const field = commitmentModal(about).blocks.find(({ block_id }) => block_id === 'evidence');
  expect(field).toMatchObject({ optional: true, hint: { text: 'Needed unless there was no chance yet.' } });
});
