import { describe, expect, test } from 'vitest';
import { validateMessage, validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { HomeData } from '#services/view-home.ts';
import { carriedOf } from '#slack/one-on-one/carried.ts';
import { askWhose } from '#slack/one-on-one/choose-rep.ts';
import { oneOnOneHome } from '#slack/one-on-one/home.ts';
import { promptMessage } from '#slack/one-on-one/message.ts';
import { oneOnOneModal } from '#slack/one-on-one/view.ts';
import { questionMessage } from '#slack/preparation/message.ts';
import { preparationModal } from '#slack/preparation/view.ts';
import type { PromptRow } from '#storage/one-on-one-prompts.ts';

/** Every builder against Slack's limits, as a local Slack knows them, with what people may be called and write. */
const names = [
  'Sam',
  'M'.repeat(200),
  '🧑🏽‍🚀'.repeat(60),
  `${'a\u0301\u0302\u0303'.repeat(80)}`,
  'שרה'.repeat(60),
  '&<>"*_~`'.repeat(20),
  '\u202E\u0000\u0007',
  '',
];
const texts = [
  'ask',
  'x'.repeat(3000),
  '🧨'.repeat(1500),
  '&<>"\\'.repeat(500),
  '\n\t'.repeat(900),
  'כאשר '.repeat(500),
];
const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;
const counts = [0, 1, 8, 20, 21, 40, 41, 500];

const states = ['planned', 'due', 'done', 'excused', 'expired'] as const;

function row(index: number, name: string, state: PromptRow['state'], text: string | undefined): PromptRow {
  return {
    occurrenceId: crypto.randomUUID(),
    repId: `U0${index}`,
    repName: name,
    state,
    reason: state === 'excused' ? 'absent' : null,
    dueAt: new Date('2026-03-05T21:00:00Z'),
    takeaway: text === undefined ? null : { text, by: '2026-03-12' },
  };
}

describe.each(counts)('the prompt for %d 1:1s', (count) => {
  test.each(names)('named %j stays within the limits', (name) => {
    for (const text of [undefined, ...texts]) {
      for (const state of [undefined, ...states]) {
        const rows = Array.from({ length: count }, (_, index) =>
          row(index, name, state ?? pick(states, index), text),
        );
        const message = promptMessage({ rows, receiverTimeZone: 'Pacific/Chatham' });
        expect(validateMessage(message)).toEqual([]);
        // Slack takes ten times as much in a post, but no more than this in an edit.
        expect(message.text.length).toBeLessThan(4000);
      }
    }
  });
});

describe.each(names)('a rep named %j', (repName) => {
  const base = {
    repId: 'U0REP',
    repName,
    occurrenceId: crypto.randomUUID(),
    today: '2026-03-05',
    by: '2026-03-12',
  };

  test.each(texts)('has a modal within the limits', (text) => {
    for (const preparation of [undefined, text]) {
      for (const commitment of [
        undefined,
        { id: crypto.randomUUID(), logId: crypto.randomUUID(), text, by: '2026-03-12' },
      ]) {
        const carried = carriedOf({ ...base, preparation, commitment });
        for (const more of [false, true]) {
          for (const doubted of [{}, { doubted: 'x'.repeat(43) }]) {
            expect(validateView(oneOnOneModal({ ...carried, more, ...doubted }))).toEqual([]);
          }
        }
      }
    }
  });

  test('is offered within the limits, however many there are', () => {
    for (const count of [1, 25, 26, 100, 101, 500]) {
      const reports = Array.from({ length: count }, (_, index) => ({ id: `U0${index}`, name: repName }));
      const offer = askWhose(reports, repName);
      expect(validateMessage({ text: offer?.text, blocks: offer?.blocks })).toEqual([]);
    }
  });

  test('has a question before a 1:1 within the limits', () => {
    for (const text of texts) {
      for (const answer of [null, text]) {
        const rows = ['planned' as const, 'done' as const].map((state) => ({
          occurrenceId: crypto.randomUUID(),
          managerName: repName,
          dueAt: new Date('2026-03-05T21:00:00Z'),
          state,
          answer,
          commitment: text,
        }));
        expect(validateMessage(questionMessage(rows, 'Asia/Kathmandu'))).toEqual([]);
      }
    }
    const opened = { occurrenceId: crypto.randomUUID(), managerName: repName, answer: 'x'.repeat(2000) };
    expect(validateView(preparationModal(opened))).toEqual([]);
  });

  test('stands on a Home within the limits', () => {
    const pair = (index: number) => ({
      managerId: 'U0DANA',
      managerName: repName,
      repId: `U0${index}`,
      repName,
      next: {
        occurrenceId: crypto.randomUUID(),
        dueAt: new Date('2026-03-05T21:00:00Z'),
        answered: index % 2 === 0,
      },
      lastHeldOn: null,
      commitment: { text: pick(texts, index), by: '2026-03-12' },
    });
    for (const reports of counts) {
      const data: HomeData = {
        roles: ['rep', 'manager', 'enablement', 'admin'],
        timeZone: 'America/New_York',
        now: Date.parse('2026-03-02T14:00:00Z'),
        reports: Array.from({ length: reports }, (_, index) => pair(index)),
        own: [pair(0)],
        workspace: { done: 3, expired: 4, excused: 5, late: 1 },
      };
      expect(validateView({ type: 'home', blocks: oneOnOneHome(data) })).toEqual([]);
    }
  });
});
