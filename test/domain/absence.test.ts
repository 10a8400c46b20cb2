import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Absence, type Affected, awayOn, fateOf, firstDayWithout } from '#domain/absence.ts';
import { dutyKinds } from '#domain/occurrence.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { dates, instants, local, zones } from './people-at-work.ts';

const newYork = 'America/New_York';

const oneOnOne: Affected = {
  kind: 'one_on_one',
  askedId: 'DANA',
  aboutId: 'SAM',
  dueAt: local('2026-03-05T16:00'),
  closesAt: local('2026-03-12T16:00'),
};

function absence(
  memberId: string,
  firstDay: string,
  lastDay: string,
  standInId: string | null = null,
): Absence {
  return { memberId, firstDay, lastDay, standInId };
}

const fate = (absences: Absence[], occurrence = oneOnOne) => fateOf(occurrence, newYork, absences);

describe('an occurrence of a pair', () => {
  test('is asked while both are there on its day, away before and after', () => {
    expect(fate([])).toEqual({ kind: 'ask' });
    expect(
      fate([absence('DANA', '2026-03-01', '2026-03-04'), absence('SAM', '2026-03-06', '2026-03-09')]),
    ).toEqual({ kind: 'ask' });
  });

  test.each(['DANA', 'SAM'])('waits until %s is back', (who) => {
    expect(fate([absence(who, '2026-03-04', '2026-03-09')])).toEqual({ kind: 'wait', until: '2026-03-10' });
  });

  test('waits on the first day of an absence and on its last', () => {
    expect(fate([absence('SAM', '2026-03-05', '2026-03-06')])).toEqual({ kind: 'wait', until: '2026-03-07' });
    expect(fate([absence('SAM', '2026-03-03', '2026-03-05')])).toEqual({ kind: 'wait', until: '2026-03-06' });
  });

  test('waits until both are back, whichever way their absences follow on each other', () => {
    const dana = absence('DANA', '2026-03-05', '2026-03-06');
    const sam = absence('SAM', '2026-03-07', '2026-03-08');
    expect(fate([dana, sam])).toEqual({ kind: 'wait', until: '2026-03-09' });
    expect(fate([sam, dana])).toEqual({ kind: 'wait', until: '2026-03-09' });
  });

  test('is excused if its time is over by then, to the minute', () => {
    expect(fate([absence('SAM', '2026-03-05', '2026-03-12')])).toEqual({ kind: 'excuse' });
    const closesAtMidnight = { ...oneOnOne, closesAt: local('2026-03-10T00:00') };
    expect(fate([absence('SAM', '2026-03-05', '2026-03-09')], closesAtMidnight)).toEqual({ kind: 'excuse' });
    const aMinuteLater = { ...oneOnOne, closesAt: local('2026-03-10T00:01') };
    expect(fate([absence('SAM', '2026-03-05', '2026-03-09')], aMinuteLater).kind).toBe('wait');
  });

  test('has its day in the zone of the person asked', () => {
    const late = { ...oneOnOne, dueAt: local('2026-03-05T23:30') };
    expect(fate([absence('DANA', '2026-03-06', '2026-03-06')], late)).toEqual({ kind: 'ask' });
    expect(fate([absence('DANA', '2026-03-05', '2026-03-05')], late).kind).toBe('wait');
  });
});

describe('a stand-in', () => {
  const withLee = absence('DANA', '2026-03-05', '2026-03-20', 'LEE');

  test('is asked for a 1:1 and an observed call', () => {
    expect(fate([withLee])).toEqual({ kind: 'stand_in', standInId: 'LEE' });
    expect(fate([withLee], { ...oneOnOne, kind: 'observed_call' }).kind).toBe('stand_in');
  });

  test('is asked on the first day of the absence and on its last, and not on the days around it', () => {
    const asked = (firstDay: string, lastDay: string) =>
      fate([absence('DANA', firstDay, lastDay, 'LEE')]).kind;
    expect(asked('2026-03-05', '2026-03-06')).toBe('stand_in');
    expect(asked('2026-03-03', '2026-03-05')).toBe('stand_in');
    expect(asked('2026-03-06', '2026-03-09')).toBe('ask');
    expect(asked('2026-03-03', '2026-03-04')).toBe('ask');
  });

  test('is not asked for what they cannot know', () => {
    for (const kind of dutyKinds) {
      const fateOfKind = fate([withLee], { ...oneOnOne, kind }).kind;
      expect([kind, fateOfKind]).toEqual([
        kind,
        kind === 'one_on_one' || kind === 'observed_call' ? 'stand_in' : 'excuse',
      ]);
    }
  });

  test('is not asked while they or the rep are away, or about themself', () => {
    expect(fate([withLee, absence('LEE', '2026-03-05', '2026-03-05')]).kind).toBe('excuse');
    expect(fate([withLee, absence('SAM', '2026-03-05', '2026-03-05')]).kind).toBe('excuse');
    expect(fate([absence('DANA', '2026-03-05', '2026-03-06', 'SAM')])).toEqual({
      kind: 'wait',
      until: '2026-03-07',
    });
  });

  test('of the rep, if they name one, is nobody here', () => {
    expect(fate([absence('SAM', '2026-03-05', '2026-03-06', 'LEE')]).kind).toBe('wait');
  });
});

describe('whatever the absences', () => {
  const absences = fc.array(
    fc
      .record({
        memberId: fc.constantFrom('DANA', 'SAM', 'LEE', 'ELSE'),
        firstDay: dates,
        days: fc.integer({ min: 0, max: 40 }),
        standInId: fc.constantFrom(null, 'LEE', 'ELSE'),
      })
      .filter(({ memberId, standInId }) => memberId !== standInId)
      .map(({ days, ...one }): Absence => ({ ...one, lastDay: addDays(one.firstDay, days) })),
    { maxLength: 12 },
  );

  test('the first day back is one on which nobody is away, and none before it is', () => {
    fc.assert(
      fc.property(absences, dates, (all, day) => {
        const back = firstDayWithout(all, ['DANA', 'SAM'], day);
        for (let one = day; one < back; one = addDays(one, 1)) {
          expect(awayOn(all, 'DANA', one) ?? awayOn(all, 'SAM', one)).toBeDefined();
        }
        expect(awayOn(all, 'DANA', back) ?? awayOn(all, 'SAM', back)).toBeUndefined();
      }),
    );
  });

  test('somebody is asked only on a day they are there, and nothing waits past its end', () => {
    const affected = fc.record({
      kind: fc.constantFrom(...dutyKinds),
      askedId: fc.constant('DANA'),
      aboutId: fc.constantFrom('SAM', 'DANA'),
      dueAt: instants,
      lasts: fc.integer({ min: 1, max: 31 * 24 }),
    });
    fc.assert(
      fc.property(absences, affected, zones, (all, { lasts, ...one }, zone) => {
        const occurrence = { ...one, closesAt: one.dueAt + lasts * 60 * 60_000 };
        const { date } = toLocal(one.dueAt, zone);
        const isAway = (id: string, day: string): boolean => awayOn(all, id, day) !== undefined;
        const found = fateOf(occurrence, zone, all);
        if (found.kind === 'ask') {
          expect(isAway('DANA', date) || isAway(one.aboutId, date)).toBe(false);
        } else if (found.kind === 'stand_in') {
          expect(isAway('DANA', date)).toBe(true);
          expect(isAway(found.standInId, date)).toBe(false);
          expect(found.standInId).not.toBe(one.aboutId);
        } else if (found.kind === 'wait') {
          expect(isAway('DANA', found.until) || isAway(one.aboutId, found.until)).toBe(false);
          expect(startOfDay(found.until, zone)).toBeLessThan(occurrence.closesAt);
        } else {
          expect(isAway('DANA', date) || isAway(one.aboutId, date)).toBe(true);
        }
      }),
    );
  });
});
