import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roles } from '#domain/people.ts';
import { decideSending, limitsOf, type Receiver, weekOf } from '#domain/sending.ts';
import { defaultSettings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { cardMoment, isWorkingAt, nextCardMoment, workingDayFrom } from '#domain/working-time.ts';
import { inNewYork, instants, local, workingTimes } from './people-at-work.ts';

const manager: Receiver = {
  time: inNewYork,
  roles: ['manager'],
  sentOn: [],
  hasCard: false,
  backOn: undefined,
};
const rep: Receiver = { ...manager, roles: ['rep'] };

function decide(kind: 'card' | 'prompt', due: string, now: string, receiver: Receiver) {
  return decideSending({ kind, dueAt: local(due) }, local(now), receiver, defaultSettings);
}

const leave = (at: string, because: string) => ({ kind: 'leave_to_card', at: local(at), because });

describe('a message', () => {
  test('goes out in working time, on its day', () => {
    expect(decide('card', '2026-03-05T09:00', '2026-03-05T09:00', manager)).toEqual({ kind: 'send' });
    expect(decide('prompt', '2026-03-05T16:30', '2026-03-05T16:59', manager)).toEqual({ kind: 'send' });
  });

  test('is left to the next card after hours, on a day off, and before hours to that very day', () => {
    expect(decide('prompt', '2026-03-05T16:30', '2026-03-05T17:00', manager)).toEqual(
      leave('2026-03-06T09:00', 'outside_working_time'),
    );
    expect(decide('card', '2026-03-06T09:00', '2026-03-07T12:00', manager)).toEqual(
      leave('2026-03-09T09:00', 'outside_working_time'),
    );
    expect(decide('card', '2026-03-05T09:00', '2026-03-06T07:00', manager)).toEqual(
      leave('2026-03-06T09:00', 'outside_working_time'),
    );
  });

  test('waits for the first working day back of somebody who is away', () => {
    const away = { ...manager, backOn: '2026-03-09' };
    expect(decide('card', '2026-03-05T09:00', '2026-03-05T09:00', away)).toEqual(
      leave('2026-03-09T09:00', 'away'),
    );
  });

  test('of another day becomes part of a card of today, at once or tomorrow', () => {
    expect(decide('card', '2026-03-04T09:00', '2026-03-05T11:00', manager)).toEqual(
      leave('2026-03-05T11:00', 'day_is_over'),
    );
    expect(decide('prompt', '2026-03-04T16:30', '2026-03-05T11:00', { ...manager, hasCard: true })).toEqual(
      leave('2026-03-06T09:00', 'day_is_over'),
    );
  });

  test('is of the day of its receiver, from midnight on', () => {
    expect(decide('card', '2026-03-05T00:00', '2026-03-05T09:00', manager)).toEqual({ kind: 'send' });
    expect(decide('card', '2026-03-04T23:59', '2026-03-05T09:00', manager)).toEqual(
      leave('2026-03-05T09:00', 'day_is_over'),
    );
  });
});

describe('the budget', () => {
  test('of a rep is one a day, of a manager two', () => {
    const once = { sentOn: ['2026-03-05'], hasCard: true };
    expect(decide('prompt', '2026-03-05T15:00', '2026-03-05T15:00', { ...rep, ...once })).toEqual(
      leave('2026-03-06T09:00', 'day_is_full'),
    );
    expect(decide('prompt', '2026-03-05T15:00', '2026-03-05T15:00', { ...manager, ...once }).kind).toBe(
      'send',
    );
    const twice = { sentOn: ['2026-03-05', '2026-03-05'], hasCard: true };
    expect(decide('prompt', '2026-03-05T15:00', '2026-03-05T15:00', { ...manager, ...twice }).kind).toBe(
      'leave_to_card',
    );
  });

  test('has room for one card a day, whatever it allows', () => {
    const once = { ...manager, sentOn: ['2026-03-05'], hasCard: true };
    expect(decide('card', '2026-03-05T11:00', '2026-03-05T11:00', once)).toEqual(
      leave('2026-03-06T09:00', 'day_is_full'),
    );
  });

  test('of a week that is used up leaves all to the first card of the next', () => {
    const four = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
    expect(decide('card', '2026-03-06T09:00', '2026-03-06T09:00', { ...rep, sentOn: four })).toEqual(
      leave('2026-03-09T09:00', 'week_is_full'),
    );
    expect(
      decide('card', '2026-03-06T09:00', '2026-03-06T09:00', { ...rep, sentOn: four.slice(1) }).kind,
    ).toBe('send');
  });

  test('of a manager’s week has a tenth message, and no eleventh', () => {
    const nine = ['02', '02', '03', '03', '04', '04', '05', '05', '06'].map((day) => `2026-03-${day}`);
    const on = (sentOn: string[]) =>
      decide('prompt', '2026-03-06T15:00', '2026-03-06T15:00', { ...manager, sentOn });
    expect(on(nine)).toEqual({ kind: 'send' });
    expect(on(['2026-03-02', ...nine])).toEqual(leave('2026-03-09T09:00', 'week_is_full'));
  });

  test('is the wider one for somebody in two roles', () => {
    const { budget } = defaultSettings;
    expect(limitsOf(['rep'], budget)).toEqual({ perDay: 1, perWeek: 4 });
    expect(limitsOf(['rep', 'manager'], budget)).toEqual({ perDay: 2, perWeek: 10 });
    expect(limitsOf(['enablement'], budget)).toEqual({ perDay: 2, perWeek: 10 });
    expect(limitsOf([], budget)).toEqual({ perDay: 2, perWeek: 10 });
  });
});

test('a week begins on Monday', () => {
  expect(weekOf('2026-03-02')).toBe('2026-03-02');
  expect(weekOf('2026-03-08')).toBe('2026-03-02');
});

describe('whatever the day and the person', () => {
  const situations = fc.record({
    time: workingTimes,
    roles: fc.subarray([...roles]),
    now: instants,
    kind: fc.constantFrom('card' as const, 'prompt' as const),
    dueBefore: fc.integer({ min: 0, max: 5 * 24 * 60 }),
    sent: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 12 }),
    hasCard: fc.boolean(),
    awayDays: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
  });

  type Situation = typeof situations extends fc.Arbitrary<infer T> ? T : never;

  function receiverIn({ time, roles: held, now, sent, hasCard, awayDays }: Situation): Receiver {
    const { date: today } = toLocal(now, time.zone);
    const sentOn = sent.map((back) => addDays(today, -back)).filter((date) => date >= weekOf(today));
    const backOn = awayDays === undefined ? undefined : workingDayFrom(time, addDays(today, awayDays));
    return { time, roles: held, sentOn, hasCard: hasCard && sentOn.includes(today), backOn };
  }

  test('what is sent is within working time, absence and budget', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { time, now, kind, dueBefore } = situation;
        const receiver = receiverIn(situation);
        const dueAt = now - dueBefore * 60_000;
        if (decideSending({ kind, dueAt }, now, receiver, defaultSettings).kind !== 'send') return;
        const { perDay, perWeek } = limitsOf(receiver.roles, defaultSettings.budget);
        const { date: today } = toLocal(now, time.zone);
        expect(isWorkingAt(time, now)).toBe(true);
        expect(receiver.backOn).toBeUndefined();
        expect(receiver.sentOn.length).toBeLessThan(perWeek);
        expect(receiver.sentOn.filter((date) => date === today).length).toBeLessThan(perDay);
        expect(toLocal(dueAt, time.zone).date).toBe(today);
        expect(kind === 'card' && receiver.hasCard).toBe(false);
      }),
    );
  });

  test('what is not sent waits for a card in working time, and never for one that has been', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { time, now, kind, dueBefore } = situation;
        const receiver = receiverIn(situation);
        const decided = decideSending(
          { kind, dueAt: now - dueBefore * 60_000 },
          now,
          receiver,
          defaultSettings,
        );
        if (decided.kind === 'send') return;
        expect(isWorkingAt(time, decided.at)).toBe(true);
        if (decided.at === now) {
          expect(decided.because).toBe('day_is_over');
          expect(receiver.hasCard).toBe(false);
        } else {
          expect(decided.at).toBeGreaterThan(now);
          const { date } = toLocal(decided.at, time.zone);
          expect(decided.at).toBe(cardMoment(time, date, defaultSettings.cardTime));
        }
      }),
    );
  });

  test('somebody who has got nothing yet is not kept waiting', () => {
    fc.assert(
      fc.property(workingTimes, instants, (time, now) => {
        const receiver: Receiver = { time, roles: ['rep'], sentOn: [], hasCard: false, backOn: undefined };
        const decided = decideSending({ kind: 'card', dueAt: now }, now, receiver, defaultSettings);
        if (isWorkingAt(time, now)) expect(decided).toEqual({ kind: 'send' });
        else expect(decided).toMatchObject({ at: nextCardMoment(time, now, defaultSettings.cardTime) });
      }),
    );
  });
});
