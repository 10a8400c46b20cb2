import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { awayOn } from '#domain/absence.ts';
import { roles } from '#domain/people.ts';
import { type PutOff, putOff, putOffs, type Reminded } from '#domain/put-off.ts';
import { limitsOf, weekOf } from '#domain/sending.ts';
import { defaultSettings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { cardMoment, isWorkingAt } from '#domain/working-time.ts';
import { inNewYork, instants, local, workingTimes } from './people-at-work.ts';

const dana: Reminded = {
  id: 'DANA',
  time: inNewYork,
  roles: ['manager'],
  absences: [],
  messagesOn: ['2026-03-05'],
  promptIsOver: false,
};

/** A Thursday. */
function move(wanted: PutOff, now: string, receiver: Partial<Reminded> = {}, closing = '2026-03-31T00:00') {
  const whole = { ...dana, ...receiver };
  return putOff(wanted, local(closing), local(`2026-03-05T${now}`), whole, defaultSettings);
}

const card = (at: string, because: string) => ({ kind: 'card', at: local(at), because });

describe('later today', () => {
  test('is 15:00, or two hours from now if that is later', () => {
    expect(move('later', '09:05')).toEqual({ kind: 'prompt', at: local('2026-03-05T15:00') });
    expect(move('later', '13:40')).toEqual({ kind: 'prompt', at: local('2026-03-05T15:40') });
    expect(move('later', '14:59')).toEqual({ kind: 'prompt', at: local('2026-03-05T16:59') });
  });

  test.each([
    ['work is over by then', '15:00', {}],
    ['the prompt of the day is out', '09:05', { promptIsOver: true }],
    ['the day is full', '09:05', { messagesOn: ['2026-03-05', '2026-03-05'] }],
    ['a rep has had the one message of the day', '09:05', { roles: ['rep'] as const }],
  ])('is the next card where %s', (_, now, receiver) => {
    expect(move('later', now, receiver)).toEqual(card('2026-03-06T09:00', 'no_room_today'));
  });

  test('is the next card where it closes before; then not even that, and nothing is moved', () => {
    expect(move('later', '09:05', {}, '2026-03-05T15:00')).toEqual({ kind: 'none' });
    expect(move('later', '14:00', {}, '2026-03-06T12:00')).toEqual({
      kind: 'prompt',
      at: local('2026-03-05T16:00'),
    });
  });
});

describe('tomorrow', () => {
  test('is the next working day they are there', () => {
    expect(move('tomorrow', '09:05')).toEqual(card('2026-03-06T09:00', 'wanted'));
    const absences = [{ memberId: 'DANA', firstDay: '2026-03-06', lastDay: '2026-03-09', standInId: null }];
    expect(move('tomorrow', '09:05', { absences })).toEqual(card('2026-03-10T09:00', 'wanted'));
  });

  test('is next week where the week is used up', () => {
    const messagesOn = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
    expect(move('tomorrow', '09:05', { roles: ['rep'], messagesOn })).toEqual(
      card('2026-03-09T09:00', 'wanted'),
    );
  });

  test('is nothing where it closes by then, to the minute', () => {
    expect(move('tomorrow', '09:05', {}, '2026-03-06T09:00')).toEqual({ kind: 'none' });
    expect(move('tomorrow', '09:05', {}, '2026-03-06T09:01').kind).toBe('card');
  });
});

describe('next week', () => {
  test('is the card of Monday', () => {
    expect(move('week', '09:05')).toEqual(card('2026-03-09T09:00', 'wanted'));
  });

  test('is tomorrow where it closes before', () => {
    expect(move('week', '09:05', {}, '2026-03-07T00:00')).toEqual(
      card('2026-03-06T09:00', 'closes_before_next_week'),
    );
    expect(move('week', '09:05', {}, '2026-03-06T00:00')).toEqual({ kind: 'none' });
  });
});

test('whatever is wanted: in working time, while they are there, within the budget, before it closes', () => {
  const receivers = fc.record({
    time: workingTimes,
    roles: fc.subarray([...roles]),
    sent: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 12 }),
    absence: fc.record({ begins: fc.integer({ min: -3, max: 9 }), days: fc.integer({ min: 0, max: 9 }) }),
    promptIsOver: fc.boolean(),
  });
  const hours = fc.integer({ min: 1, max: 31 * 24 });
  fc.assert(
    fc.property(fc.constantFrom(...putOffs), receivers, instants, hours, (wanted, one, now, lasts) => {
      const { date: today } = toLocal(now, one.time.zone);
      const firstDay = addDays(today, one.absence.begins);
      const absences = [
        { memberId: 'DANA', firstDay, lastDay: addDays(firstDay, one.absence.days), standInId: null },
      ];
      const messagesOn = one.sent
        .map((back) => addDays(today, -back))
        .filter((date) => date >= weekOf(today));
      const receiver = { ...one, id: 'DANA', absences, messagesOn };
      const closesAt = now + lasts * 60 * 60_000;
      const found = putOff(wanted, closesAt, now, receiver, defaultSettings);
      if (found.kind === 'none') return;
      const { date } = toLocal(found.at, one.time.zone);
      expect(found.at).toBeGreaterThan(now);
      expect(found.at).toBeLessThan(closesAt);
      expect(isWorkingAt(one.time, found.at)).toBe(true);
      expect(awayOn(absences, 'DANA', date)).toBeUndefined();
      if (found.kind === 'card') {
        expect(date > today).toBe(true);
        expect(found.at).toBe(cardMoment(one.time, date, defaultSettings.cardTime));
        if (wanted === 'week' && found.because === 'wanted') expect(weekOf(date) > weekOf(today)).toBe(true);
      } else {
        const { perDay, perWeek } = limitsOf(one.roles, defaultSettings.budget);
        expect(date).toBe(today);
        expect(messagesOn.filter((day) => day === today).length).toBeLessThan(perDay);
        expect(messagesOn.length).toBeLessThan(perWeek);
      }
    }),
  );
});
