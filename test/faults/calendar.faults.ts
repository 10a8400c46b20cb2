import { describe, expect, test } from 'vitest';
import { personIn, planningFaults, weeklyFaults } from '../domain/calendar-walk.ts';
import { zones } from '../domain/time/oracle.ts';

const firstYear = 2026;
const years = 10;

describe(`every zone over ${years} years`, () => {
  test('has one occurrence of a weekly cadence a local week, at its wall time', () => {
    expect(zones.flatMap((zone) => weeklyFaults(zone, firstYear, years))).toEqual([]);
  });

  // The holidays of ten countries go round, so that each zone has each for a year.
  test.each(Array.from({ length: years }, (_, index) => firstYear + index))(
    'has nothing planned outside working time or on a public holiday in %i',
    (year) => {
      let moments = 0;
      const faults = zones.flatMap((zone, nth) => {
        const walked = planningFaults(personIn(zone, nth, year), year);
        moments += walked.moments;
        return walked.faults;
      });
      expect(faults).toEqual([]);
      expect(moments).toBeGreaterThan(1000 * zones.length);
      console.log(`${year}: ${moments} moments in ${zones.length} zones`);
    },
  );
});
