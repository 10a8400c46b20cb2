import { describe, expect, test } from 'vitest';
import { practiceItems } from '#domain/practice/items.ts';
import { defaultSettings } from '#domain/settings.ts';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { DebriefToWrite } from '#services/open-debrief.ts';
import { Carried, carriedOf } from '#slack/observed-call/carried.ts';
import { debriefForm } from '#slack/observed-call/debrief-form.ts';
import { planForm, requestForm } from '#slack/observed-call/plan-form.ts';
import { answerForm, reviewForm } from '#slack/observed-call/rep-forms.ts';
import type { CallPlan } from '#storage/call-plans.ts';
import type { Debrief } from '#storage/debriefs.ts';

const hostile = [
  'Sam Rivera',
  'M'.repeat(200),
  '<!channel> &<>"*_~`',
  '🧑🏽‍🚀'.repeat(60),
  'שרה'.repeat(80),
  '\u202E!',
  ' ',
  '"\\'.repeat(2000),
];
const today = '2026-03-06';
const id = '00000000-0000-4000-8000-000000000000';

const planOf = (text: string): CallPlan => ({
  id,
  repId: 'U0SAM',
  watcherId: 'U0DANA',
  askedByRep: true,
  account: text.slice(0, 150).toWellFormed(),
  callOn: '2026-03-05',
  lookFor: text,
  state: 'planned',
  review: { worked: text.slice(0, 2000).toWellFormed(), moment: text.slice(0, 2000).toWellFormed() },
});

const debriefOf = (text: string): Debrief => ({
  id,
  repId: 'U0SAM',
  observerId: 'U0DANA',
  planId: id,
  occurrenceId: id,
  heldOn: '2026-03-05',
  followed: 'recording',
  account: text.slice(0, 150).toWellFormed(),
  worked: text.slice(0, 2000).toWellFormed(),
  moment: text.slice(0, 2000).toWellFormed(),
  seen: { teach: 'unasked', tailor: 'reminded', takeControl: 'not_watched' },
  secondStrength: text.slice(0, 2000).toWellFormed(),
  focusArea: text.slice(0, 80).toWellFormed(),
  callType: 'executive',
  buyers: text.slice(0, 300).toWellFormed(),
  minutes: 600,
  link: `https://calls.example/${'x'.repeat(900)}`,
  learnings: ['problem', 'cost_of_nothing'],
  questions: { situation: 200, need_payoff: 0 },
  buyerTalk: 100,
  pitchMinute: 0,
  practiceItemId: practiceItems[0]?.id ?? null,
  followUpOn: '2026-03-20',
  privateNote: text.slice(0, 3000).toWellFormed(),
  late: true,
  loggedAt: new Date('2026-03-06T20:00:00Z'),
  changedAt: null,
  withdrawnAt: null,
  answer: null,
  answeredAt: null,
});

const toWrite = (name: string, more: Partial<DebriefToWrite> = {}): DebriefToWrite => ({
  repId: 'U0SAM',
  repName: name,
  today,
  pillarNames: defaultSettings.pillarNames,
  plan: undefined,
  planChosen: false,
  debrief: undefined,
  ...more,
});

describe.each(hostile)('with somebody called %j, and texts like it', (text) => {
  test('the form after a call stays within the limits: light, whole, planned and changed', () => {
    const all = [
      toWrite(text),
      toWrite(text, { plan: planOf(text), planChosen: true }),
      toWrite(text, { plan: planOf(text), debrief: debriefOf(text) }),
    ];
    for (const opened of all) {
      const carried = carriedOf(opened);
      for (const form of [
        debriefForm(carried, opened.debrief),
        debriefForm({ ...carried, more: true }, opened.debrief),
      ]) {
        expect(validateView(form)).toEqual([]);
        expect(Carried.parse(JSON.parse(form.private_metadata ?? ''))).toMatchObject({ repId: 'U0SAM' });
      }
    }
  });

  test('so do the plan, the request, the rep’s own view and the answer', () => {
    const person = { personId: 'U0SAM', name: text, today };
    const answer = text.slice(0, 3000).toWellFormed();
    for (const form of [
      planForm(person),
      requestForm(person),
      reviewForm({ plan: planOf(text), watcherName: text }),
      reviewForm({ plan: { ...planOf(text), review: null }, watcherName: text }),
      answerForm({ debriefId: id, observerName: text, readerName: text, account: text, answer }),
    ]) {
      expect(validateView(form)).toEqual([]);
    }
  });
});

test('the first screen is short, and every practice item can be chosen behind "More"', () => {
  const first = debriefForm(carriedOf(toWrite('Sam Rivera')));
  const inputs = first.blocks.filter(({ type }) => type === 'input');
  expect(inputs).toHaveLength(7);
  expect(practiceItems.length).toBeLessThanOrEqual(100);
});
