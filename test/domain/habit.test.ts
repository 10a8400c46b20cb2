import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Application, defaultHabitCriteria, habitOf } from '#domain/habit.ts';
import { evidences, outcomes } from '#domain/one-on-one.ts';
import { defaultSettings } from '#domain/settings.ts';
import { addDays, daysBetween } from '#domain/time/civil.ts';

const start = '2026-03-02';
const did = (day: number, account: string | null, parts: Partial<Application> = {}): Application => ({
  on: addDays(start, day),
  outcome: 'unasked',
  evidence: 'saw',
  account,
  ...parts,
});

test('three unasked, on two accounts, over three weeks, are a habit from the third on', () => {
  expect(habitOf([did(0, 'Acme'), did(10, 'Birch'), did(21, 'Acme', { evidence: 'heard' })])).toEqual({
    habitual: true,
    since: addDays(start, 21),
    applications: 3,
    accounts: 2,
    withoutAccount: 0,
    days: 21,
  });
});

describe('not yet a habit', () => {
  test.each([
    ['twenty days', [did(0, 'Acme'), did(10, 'Birch'), did(20, 'Acme')]],
    ['two applications', [did(0, 'Acme'), did(21, 'Birch')]],
    ['one account', [did(0, 'Acme'), did(10, 'Acme'), did(21, 'Acme')]],
    ['one account written three ways', [did(0, 'Acme'), did(10, ' ACME '), did(21, 'acme')]],
    ['when reminded', [did(0, 'Acme'), did(10, 'Birch', { outcome: 'reminded' }), did(21, 'Cedar')]],
    ['only told', [did(0, 'Acme'), did(10, 'Birch', { evidence: 'told' }), did(21, 'Cedar')]],
    ['the same call, recorded twice', [did(0, 'Acme'), did(21, 'Birch'), did(21, 'birch')]],
    ['nothing at all', []],
  ])('%s', (_, recorded) => {
    expect(habitOf(recorded)).toMatchObject({ habitual: false, since: null });
  });
});

describe('an unknown account', () => {
  test('counts as an application and for the time', () => {
    expect(habitOf([did(0, null), did(10, 'Acme'), did(21, 'Birch')]).habitual).toBe(true);
  });

  test('is never the second account, and how many there are is told', () => {
    expect(habitOf([did(0, null), did(10, 'Acme'), did(21, '  ')])).toMatchObject({
      habitual: false,
      accounts: 1,
      withoutAccount: 2,
    });
  });
});

test('the order in which they were recorded does not matter, and what comes later takes nothing away', () => {
  const habit = [did(21, 'Acme'), did(0, 'Acme'), did(10, 'Birch')];
  const later = [did(40, 'Cedar'), did(50, 'Acme', { outcome: 'not_this_time' })];
  expect(habitOf([...later, ...habit])).toMatchObject({ habitual: true, since: addDays(start, 21) });
});

test('the criteria are what a workspace starts with', () => {
  expect(defaultHabitCriteria).toEqual({
    applications: defaultSettings.habitApplications,
    accounts: defaultSettings.habitAccounts,
    weeks: defaultSettings.habitWeeks,
  });
});

test('a workspace may ask for more or less', () => {
  const once = [did(0, 'Acme')];
  expect(habitOf(once, { applications: 1, accounts: 1, weeks: 0 }).habitual).toBe(true);
  expect(habitOf(once, { applications: 1, accounts: 1, weeks: 1 }).habitual).toBe(false);
});

const application = fc
  .record({
    day: fc.integer({ min: 0, max: 60 }),
    outcome: fc.constantFrom('unasked', 'unasked', 'unasked', ...outcomes),
    evidence: fc.constantFrom('saw', 'heard', ...evidences),
    account: fc.constantFrom('Acme', 'Birch', 'Cedar', null),
  })
  .map(({ day, ...parts }): Application => ({ on: addDays(start, day), ...parts }));

test('any record: as recomputed by hand, and since the first day on which it held', () => {
  fc.assert(
    fc.property(fc.array(application, { maxLength: 14 }), (recorded) => {
      const holdsOn = (day: string) => {
        const good = recorded.filter(
          (one) => one.on <= day && one.outcome === 'unasked' && one.evidence !== 'told',
        );
        const calls = new Set(good.map(({ on, account }) => `${on} ${account}`));
        const accounts = new Set(good.map(({ account }) => account).filter((name) => name !== null));
        const days = good.map(({ on }) => on).sort();
        const [first, last] = [days[0], days.at(-1)];
        const enough = first !== undefined && last !== undefined && daysBetween(first, last) >= 21;
        return calls.size >= 3 && accounts.size >= 2 && enough;
      };
      const days = Array.from({ length: 61 }, (_, day) => addDays(start, day));
      const { habitual, since } = habitOf(recorded);
      expect(since).toBe(days.find(holdsOn) ?? null);
      expect(habitual).toBe(since !== null);
    }),
    { numRuns: 300 },
  );
});
