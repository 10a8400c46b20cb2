import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  askKey,
  asksOf,
  checkInPeriod,
  closesAt,
  dayOfCheckIn,
  type Falling,
  isForManagerToo,
  isQuietAtQuarterEnd,
} from '#domain/duty.ts';
import { type DutyKind, dutyKinds } from '#domain/occurrence.ts';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import { cardMoment, isWorkingAt, isWorkingDay, nthWorkingDayOfMonth } from '#domain/working-time.ts';
import { dates, inNewYork, instants, local, workingTimes } from './people-at-work.ts';

function falling(dueAt: string, closing = '2027-12-31T00:00', period = 'any'): Falling {
  return { period, dueAt: local(dueAt), closesAt: local(closing) };
}

/** When each is asked, as "of via when". */
function asks(kind: DutyKind, one: Falling, { time = inNewYork, settings = defaultSettings } = {}): string[] {
  return asksOf[kind]
    .flatMap(({ of, via, at }) => at(one, time, settings).map((moment) => ({ of, via, moment })))
    .toSorted((a, b) => a.moment - b.moment)
    .map(({ of, via, moment }) => {
      const { date, time: wall } = toLocal(moment, time.zone);
      return `${of} ${via} ${date} ${wall}`;
    });
}

describe('a weekly 1:1', () => {
  test('is in the brief, on the card of its day, in the prompt after it, and on the card of the day after', () => {
    expect(asks('one_on_one', falling('2026-03-05T14:00'))).toEqual([
      'asked card 2026-03-02 09:00',
      'about card 2026-03-04 09:00',
      'asked card 2026-03-05 09:00',
      'asked prompt 2026-03-05 14:30',
      'asked card 2026-03-06 09:00',
    ]);
  });

  test('on a Monday is in the brief as what is due that day; its question comes on Friday', () => {
    expect(asks('one_on_one', falling('2026-03-02T14:00'))).toEqual([
      'about card 2026-02-27 09:00',
      'asked card 2026-03-02 09:00',
      'asked prompt 2026-03-02 14:30',
      'asked card 2026-03-03 09:00',
    ]);
  });

  test('that ends after work has no prompt, and on a day off no card of its day', () => {
    expect(asks('one_on_one', falling('2026-03-05T16:30'))).not.toContain('asked prompt 2026-03-05 17:00');
    expect(asks('one_on_one', falling('2026-03-07T12:00'))).toEqual([
      'asked card 2026-03-02 09:00',
      'about card 2026-03-06 09:00',
      'asked card 2026-03-09 09:00',
    ]);
  });
});

describe('an observed call', () => {
  const march = falling('2026-03-02T09:00');

  test('is on the cards of the first, tenth and fifteenth working day', () => {
    const settings = { ...defaultSettings, quietDaysAtQuarterEnd: 0 };
    expect(asks('observed_call', march, { settings })).toEqual([
      'asked card 2026-03-02 09:00',
      'asked card 2026-03-13 09:00',
      'asked card 2026-03-20 09:00',
    ]);
  });

  test('is silent in the last working days of a fiscal quarter', () => {
    const late = { ...defaultSettings, observedCallFollowUps: [10, 20] };
    const loud = { ...late, quietDaysAtQuarterEnd: 0 };
    expect(asks('observed_call', march, { settings: loud }).at(-1)).toBe('asked card 2026-03-27 09:00');
    const quiet = { ...late, quietDaysAtQuarterEnd: 3 };
    expect(asks('observed_call', march, { settings: quiet })).toEqual([
      'asked card 2026-03-02 09:00',
      'asked card 2026-03-13 09:00',
    ]);
  });

  test('is asked again on the last day before those, and not on the first of them', () => {
    const late = { ...defaultSettings, quietDaysAtQuarterEnd: 3 };
    const last = { ...late, observedCallFollowUps: [19] };
    expect(asks('observed_call', march, { settings: last }).at(-1)).toBe('asked card 2026-03-26 09:00');
    const first = { ...late, observedCallFollowUps: [20] };
    expect(asks('observed_call', march, { settings: first })).toEqual(['asked card 2026-03-02 09:00']);
  });

  test('is not asked again before it was asked first', () => {
    expect(asks('observed_call', falling('2026-03-16T09:00'))).toEqual([
      'asked card 2026-03-16 09:00',
      'asked card 2026-03-20 09:00',
    ]);
  });

  test('has fewer days in a month with fewer working days', () => {
    const time = { ...inNewYork, days: [1, 2] };
    expect(asks('observed_call', march, { time })).toEqual(['asked card 2026-03-02 09:00']);
  });
});

describe('the end of a fiscal quarter', () => {
  test('is its last three working days', () => {
    const quiet = (date: string, settings: Partial<Settings> = {}): boolean =>
      isQuietAtQuarterEnd(inNewYork, date, { ...defaultSettings, ...settings });
    expect(['2026-03-26', '2026-03-27', '2026-03-31', '2026-04-01'].map((date) => quiet(date))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(quiet('2026-04-30')).toBe(false);
    expect(quiet('2026-04-30', { fiscalYearStart: 2 })).toBe(true);
    expect(quiet('2026-03-31', { quietDaysAtQuarterEnd: 0 })).toBe(false);
  });

  test('holds exactly as many working days of each quarter as are set', () => {
    fc.assert(
      fc.property(
        workingTimes,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 10 }),
        (time, fiscalYearStart, quietDaysAtQuarterEnd) => {
          const year = Array.from({ length: 365 }, (_, day) =>
            new Date(Date.UTC(2026, fiscalYearStart - 1, 1 + day)).toISOString().slice(0, 10),
          );
          const quiet = year.filter((date) =>
            isQuietAtQuarterEnd(time, date, { fiscalYearStart, quietDaysAtQuarterEnd }),
          );
          const works = (date: string): boolean => isWorkingDay(time, date);
          const most = 4 * quietDaysAtQuarterEnd;
          // Somebody who works one day a week has fewer days in the last month than may be set.
          if (time.days.length >= 3 || time.days.length === 0) expect(quiet.filter(works)).toHaveLength(most);
          else expect(quiet.filter(works).length).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});

describe('a check-in', () => {
  test('asks the rep first, the manager the working day after, each again two working days later', () => {
    expect(asks('check_in', falling('2026-03-05T09:00', '2026-03-19T09:00', 'D30'))).toEqual([
      'asked card 2026-03-05 09:00',
      'manager card 2026-03-06 09:00',
      'asked card 2026-03-09 09:00',
      'manager card 2026-03-10 09:00',
    ]);
  });

  test('on day 2 asks the rep alone', () => {
    expect(asks('check_in', falling('2026-03-05T09:00', '2026-03-19T09:00', 'D2'))).toEqual([
      'asked card 2026-03-05 09:00',
      'asked card 2026-03-09 09:00',
    ]);
    expect(isForManagerToo('D2', { ...defaultSettings, checkInRepAloneUntilDay: 0 })).toBe(true);
    expect(dayOfCheckIn(checkInPeriod(90))).toBe(90);
  });

  test('that falls on a weekend begins on the working day after', () => {
    expect(asks('check_in', falling('2026-03-07T09:00', '2026-03-19T09:00', 'D7'))[0]).toBe(
      'asked card 2026-03-09 09:00',
    );
  });
});

test('a commitment comes onto the card when no 1:1 has come within three working days, and once more', () => {
  expect(asks('commitment', falling('2026-03-05T09:00'))).toEqual([
    'asked card 2026-03-10 09:00',
    'asked card 2026-03-17 09:00',
  ]);
});

test('practice is on the card of its day, and once more', () => {
  expect(asks('practice', falling('2026-03-05T09:00'))).toEqual([
    'asked card 2026-03-05 09:00',
    'asked card 2026-03-09 09:00',
  ]);
});

describe('a time report', () => {
  test('is a prompt on Friday and on the card of Monday', () => {
    expect(asks('time_report', falling('2026-03-06T15:00'))).toEqual([
      'asked prompt 2026-03-06 15:00',
      'asked card 2026-03-09 09:00',
    ]);
  });

  test('of somebody who does not work on Fridays is only on the next card', () => {
    const time = { ...inNewYork, days: [7, 1, 2, 3, 4] };
    expect(asks('time_report', falling('2026-03-06T15:00'), { time })).toEqual([
      'asked card 2026-03-08 09:00',
    ]);
  });
});

describe('what a rule makes closes', () => {
  const zone = inNewYork.zone;
  const following = local('2026-03-13T15:00');

  test('when the next falls due', () => {
    const one = { dueAt: local('2026-03-06T15:00'), following, zone };
    expect(closesAt('one_on_one', one, defaultSettings)).toBe(following);
  });

  test('an observed call: with its month', () => {
    const one = { dueAt: local('2026-03-02T09:00'), following, zone };
    expect(closesAt('observed_call', one, defaultSettings)).toBe(local('2026-04-01T00:00'));
  });

  test('a time report: on Monday at 18:00, and never after the next falls due', () => {
    const one = { dueAt: local('2026-03-06T15:00'), following, zone };
    expect(closesAt('time_report', one, defaultSettings)).toBe(local('2026-03-09T18:00'));
    const monday = { dueAt: local('2026-03-09T15:00'), following: local('2026-03-16T15:00'), zone };
    expect(closesAt('time_report', monday, defaultSettings)).toBe(local('2026-03-16T15:00'));
  });
});

describe('whatever the duty and whoever is asked', () => {
  const someFalling = fc
    .record({ dueAt: instants, day: fc.constantFrom(2, 7, 14, 30, 60, 90) })
    .map(
      ({ dueAt, day }): Falling => ({ period: checkInPeriod(day), dueAt, closesAt: dueAt + 30 * 86_400_000 }),
    );

  test('messages are planned for working time alone, cards for when cards come', () => {
    fc.assert(
      fc.property(fc.constantFrom(...dutyKinds), someFalling, workingTimes, (kind, one, time) => {
        for (const { via, at } of asksOf[kind]) {
          for (const moment of at(one, time, defaultSettings)) {
            expect(isWorkingAt(time, moment)).toBe(true);
            if (via === 'card') {
              const { date } = toLocal(moment, time.zone);
              expect(moment).toBe(cardMoment(time, date, defaultSettings.cardTime));
            }
          }
        }
      }),
    );
  });

  test('nothing but the brief and the question before a 1:1 comes before the day it falls due', () => {
    fc.assert(
      fc.property(fc.constantFrom(...dutyKinds), someFalling, workingTimes, (kind, one, time) => {
        const { date: due } = toLocal(one.dueAt, time.zone);
        for (const { at } of asksOf[kind].filter(({ of }) => of !== 'about')) {
          const early = at(one, time, defaultSettings).filter(
            (moment) => toLocal(moment, time.zone).date < due,
          );
          expect(early.length).toBeLessThanOrEqual(kind === 'one_on_one' ? 1 : 0);
        }
      }),
    );
  });

  test('the tenth working day is the tenth, from whichever date of the month it is counted', () => {
    fc.assert(
      fc.property(workingTimes, dates, fc.integer({ min: 1, max: 20 }), (time, date, nth) => {
        const found = nthWorkingDayOfMonth(time, date, nth);
        const month = Array.from(
          { length: 31 },
          (_, day) => `${date.slice(0, 8)}${String(day + 1).padStart(2, '0')}`,
        )
          .filter((one) => !Number.isNaN(Date.parse(one)) && new Date(one).toISOString().startsWith(one))
          .filter((one) => isWorkingDay(time, one));
        expect(found).toBe(month[nth - 1]);
      }),
    );
  });
});

test('messages of one kind for one person share a local day', () => {
  const late = local('2026-03-05T23:30');
  expect(askKey('card', 'U1', late, 'America/New_York')).toBe('card/U1/2026-03-05');
  expect(askKey('card', 'U1', late, 'UTC')).toBe('card/U1/2026-03-06');
});
