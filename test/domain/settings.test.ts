import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultSettings,
  observedCallDays,
  observedCallOn,
  type SettingKey,
  settingKeys,
  settingSchemas,
  settingsFrom,
  settingsSchema,
} from '#domain/settings.ts';

test('the defaults are the values of the method', () => {
  expect(defaultSettings).toMatchObject({
    workingDays: [1, 2, 3, 4, 5],
    workStarts: '09:00',
    workEnds: '17:00',
    budget: { managerPerDay: 2, managerPerWeek: 10, repPerDay: 1, repPerWeek: 4 },
    oneOnOneWeekday: 4,
    oneOnOneTime: '16:00',
    observedCallFollowUps: [10, 15],
    quietDaysAtQuarterEnd: 3,
    checkInDays: [2, 7, 14, 30, 60, 90],
    checkInClosesAfterDays: 14,
    practicePerWeek: 2,
    practiceLongestIntervalDays: 60,
    referenceMix: { innovating: 29, coaching: 28, selling: 27, allocation: 16 },
    certificationRating: 8,
    certificationValidDays: 180,
    certificationCoverageTarget: 80,
  });
});

test.each(settingKeys)('the default of %s passes its own schema unchanged', (key) => {
  expect(settingSchemas[key].parse(defaultSettings[key])).toEqual(defaultSettings[key]);
});

test('every setting has a default, and together they fit', () => {
  expect(settingsSchema.parse(defaultSettings)).toEqual(defaultSettings);
});

/** Nearly right more often than anything else: those are the values that slip through. */
const stored = fc.oneof(
  fc.jsonValue(),
  fc.integer({ min: -5, max: 400 }),
  fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }),
  fc.constantFrom('00:00', '09:00', '12:30', '17:00', '23:59', '24:00', '9:00', 'first-monday'),
  fc.record({
    innovating: fc.double(),
    coaching: fc.double(),
    selling: fc.double(),
    allocation: fc.double(),
  }),
  fc.constantFrom(...Object.values(defaultSettings)),
);
const histories = fc.array(
  fc.tuple(fc.oneof(fc.constantFrom<string>(...settingKeys), fc.string(), fc.constant('__proto__')), stored),
  { maxLength: 60 },
);

describe('whatever was stored', () => {
  test('what holds is valid', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { settings } = settingsFrom(new Map(history));
        expect(settingsSchema.safeParse(settings).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a value that fits holds, one that does not gives way to the default and is named', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const map = new Map(history);
        const { settings, unfit } = settingsFrom(map);
        for (const key of settingKeys) {
          const expected = map.has(key) && !unfit.includes(key) ? map.get(key) : defaultSettings[key];
          expect(settings[key]).toEqual(expected);
          if (!map.has(key)) continue;
          const alone = settingSchemas[key].safeParse(map.get(key)).success;
          if (!isOfTheDay(key)) expect(unfit.includes(key)).toBe(!alone);
          else if (!alone) expect(unfit).toContain(key);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const isOfTheDay = (key: SettingKey): boolean => key === 'workStarts' || key === 'workEnds';

test('a day that ends before it starts gives way as a whole', () => {
  const stored = new Map<string, unknown>([
    ['workStarts', '18:00'],
    ['practicePerWeek', 3],
  ]);
  const { settings, unfit } = settingsFrom(stored);
  expect(settings).toEqual({ ...defaultSettings, practicePerWeek: 3 });
  expect(unfit).toEqual(['workStarts', 'workEnds']);
});

test.each(observedCallDays)('%s is a day that a monthly rule knows', (day) => {
  expect(observedCallOn(day)).toHaveProperty('day');
});
