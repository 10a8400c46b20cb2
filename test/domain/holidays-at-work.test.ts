import { describe, expect, test } from 'vitest';
import type { Fate } from '#domain/absence.ts';
import { asksOf, closesAt } from '#domain/duty.ts';
import { momentsOf } from '#domain/moments.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { nextOccurrence } from '#domain/recurrence.ts';
import { decideSending } from '#domain/sending.ts';
import { defaultSettings } from '#domain/settings.ts';
import { toInstant, toLocal } from '#domain/time/zone.ts';
import { isWorkingDay, type WorkingTime } from '#domain/working-time.ts';
import { inNewYork } from './people-at-work.ts';

const us: WorkingTime = { ...inNewYork, country: 'US' };
const de: WorkingTime = { ...inNewYork, zone: 'Europe/Berlin', country: 'DE' };

const instant = (person: WorkingTime, text: string): number =>
  toInstant({ date: text.slice(0, 10), time: text.slice(11) }, person.zone);

/** What comes when, of a duty that falls due then and closes by its rule. */
function coming(
  person: WorkingTime,
  kind: DutyKind,
  due: string,
  { of = 'asked', fate = { kind: 'ask' } }: { of?: 'asked' | 'about'; fate?: Fate } = {},
): string[] {
  const dueAt = instant(person, due);
  const following = dueAt + 7 * 24 * 60 * 60_000;
  const falling = {
    period: 'P',
    dueAt,
    closesAt: closesAt(kind, { dueAt, following, zone: person.zone }, defaultSettings),
    snoozedUntil: null,
  };
  const now = dueAt - 7 * 24 * 60 * 60_000;
  return asksOf[kind]
    .filter((ask) => ask.of === of)
    .flatMap((ask) => momentsOf(ask, falling, person, { fate, settings: defaultSettings, now }))
    .map(({ via, at }) => {
      const { date, time } = toLocal(at, person.zone);
      return `${via} ${date} ${time}`;
    });
}

describe('a public holiday', () => {
  test("on the day of a 1:1 leaves the week's brief and the next working day", () => {
    expect(coming(us, 'one_on_one', '2026-11-26 16:00')).toEqual([
      'card 2026-11-23 09:00',
      'card 2026-11-27 09:00',
    ]);
    expect(coming({ ...us, country: null }, 'one_on_one', '2026-11-26 16:00')).toHaveLength(4);
  });

  test('on a Monday moves the brief to Tuesday', () => {
    expect(coming(us, 'one_on_one', '2026-05-28 16:00')[0]).toBe('card 2026-05-26 09:00');
  });

  test('before a 1:1 moves the question to the rep ahead of it', () => {
    expect(coming(us, 'one_on_one', '2026-11-27 16:00', { of: 'about' })).toEqual(['card 2026-11-25 09:00']);
  });

  test("on Friday leaves the time report to Monday's card", () => {
    expect(coming(us, 'time_report', '2026-07-03 15:00')).toEqual(['card 2026-07-06 09:00']);
  });

  test('on Friday and on Monday, too, leaves no time to ask, and nothing is asked', () => {
    // Good Friday and Easter Monday: it closes on Monday at 18:00.
    expect(coming(de, 'time_report', '2026-04-03 15:00')).toEqual([]);
  });

  test('is no working day of a month: the first, the tenth and the fifteenth are counted without it', () => {
    // 1, 14 and 25 May.
    const rule = { kind: 'monthly', on: { day: 'first-working-day' }, time: '09:00' } as const;
    const { due } = nextOccurrence(rule, de.zone, instant(de, '2026-04-20 12:00'), (date) =>
      isWorkingDay(de, date),
    );
    expect(toLocal(due, de.zone).date).toBe('2026-05-04');
    expect(coming(de, 'observed_call', '2026-05-04 09:00')).toEqual([
      'card 2026-05-04 09:00',
      'card 2026-05-18 09:00',
      'card 2026-05-26 09:00',
    ]);
  });

  test('on the first day after an absence makes it a day longer', () => {
    // Back on Christmas Day, a Friday.
    const fate: Fate = { kind: 'wait', until: '2026-12-25' };
    const cards = coming(de, 'one_on_one', '2026-12-23 16:00', { fate });
    expect([...new Set(cards)]).toEqual(['card 2026-12-28 09:00']);
    const sending = decideSending(
      { kind: 'card', dueAt: instant(de, '2026-12-23 09:00') },
      instant(de, '2026-12-23 09:00'),
      { time: de, roles: ['manager'], sentOn: [], hasCard: false, backOn: '2026-12-25' },
      defaultSettings,
    );
    expect(sending).toEqual({
      kind: 'leave_to_card',
      at: instant(de, '2026-12-28 09:00'),
      because: 'away',
    });
  });
});

describe('a slot that a change of the clocks skips or repeats', () => {
  const at = (date: string, time: string): string =>
    new Date(toInstant({ date, time }, 'Europe/Berlin')).toISOString().slice(11, 16);

  test('moves forward by the gap in spring', () => {
    expect(at('2026-03-29', '02:30')).toBe('01:30');
    expect(at('2026-03-29', '03:30')).toBe('01:30');
  });

  test('comes at the earlier of the two in autumn', () => {
    expect(at('2026-10-25', '02:30')).toBe('00:30');
  });
});
