import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZone, startOfDay, toInstant, toLocal } from '#domain/time/zone.ts';
import { instantOf, localOf, startOfDayOf, zones } from './oracle.ts';

const someZone = fc.constantFrom(...zones);
const instants = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2101, 0, 1) });
const dates = instants.map((instant) => new Date(instant).toISOString().slice(0, 10));
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':'));

function at(date: string, time: string, zone: string): string {
  return new Date(toInstant({ date, time }, zone)).toISOString();
}

describe('any instant and any wall time from 1970 to 2100', () => {
  it('is converted as Temporal does', () => {
    fc.assert(
      fc.property(someZone, instants, dates, times, (zone, instant, date, time) => {
        expect(toLocal(instant, zone)).toEqual(localOf(instant, zone));
        expect(toInstant({ date, time }, zone)).toBe(instantOf(date, time, zone));
        expect(startOfDay(date, zone)).toBe(startOfDayOf(date, zone));
      }),
      { numRuns: 3000 },
    );
  });

  it('does not depend on what was asked before', () => {
    const question = { date: '2026-03-29', time: '02:30' };
    const fresh = toInstant(question, 'Europe/Vienna');
    toInstant({ date: '2090-01-01', time: '00:00' }, 'Europe/Vienna');
    toInstant({ date: '1950-01-01', time: '00:00' }, 'Europe/Vienna');
    expect(toInstant(question, 'Europe/Vienna')).toBe(fresh);
  });
});

// Worked out by hand from the published rules, so that they hold without the oracle too.
describe('zones that are unlike the others', () => {
  it('Berlin: a gap moves the moment forward by the gap', () => {
    expect(at('2026-03-29', '02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(toLocal(Date.parse('2026-03-29T01:30:00Z'), 'Europe/Berlin')).toEqual({
      date: '2026-03-29',
      time: '03:30',
      second: 0,
      weekday: 7,
    });
  });

  it('Berlin: of an overlap the earlier is taken', () => {
    expect(at('2026-10-25', '02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(toLocal(Date.parse('2026-10-25T01:30:00Z'), 'Europe/Berlin').time).toBe('02:30');
  });

  it('Casablanca: four changes a year around Ramadan', () => {
    expect(at('2026-02-15', '02:30', 'Africa/Casablanca')).toBe('2026-02-15T01:30:00.000Z');
    expect(at('2026-03-01', '09:00', 'Africa/Casablanca')).toBe('2026-03-01T09:00:00.000Z');
    expect(at('2026-03-22', '02:30', 'Africa/Casablanca')).toBe('2026-03-22T02:30:00.000Z');
    expect(at('2026-06-01', '09:00', 'Africa/Casablanca')).toBe('2026-06-01T08:00:00.000Z');
  });

  it('Lord Howe: half an hour', () => {
    expect(at('2026-04-05', '01:45', 'Australia/Lord_Howe')).toBe('2026-04-04T14:45:00.000Z');
    expect(at('2026-10-04', '02:15', 'Australia/Lord_Howe')).toBe('2026-10-03T15:45:00.000Z');
  });

  it('Apia: 30 December 2011 did not take place', () => {
    expect(at('2011-12-30', '16:00', 'Pacific/Apia')).toBe('2011-12-31T02:00:00.000Z');
    expect(toLocal(Date.parse('2011-12-31T02:00:00Z'), 'Pacific/Apia').date).toBe('2011-12-31');
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toBe(Date.parse('2011-12-30T10:00:00Z'));
  });

  it('Dublin: winter is the exception there', () => {
    expect(at('2026-03-29', '01:30', 'Europe/Dublin')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-10-25', '01:30', 'Europe/Dublin')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('Nuuk: the hour before midnight is skipped', () => {
    expect(at('2026-03-28', '23:30', 'America/Nuuk')).toBe('2026-03-29T01:30:00.000Z');
    expect(toLocal(Date.parse('2026-03-29T01:30:00Z'), 'America/Nuuk').date).toBe('2026-03-29');
  });

  it('Cairo: a day that starts at one, Havana: a midnight that comes twice', () => {
    expect(startOfDay('2026-04-24', 'Africa/Cairo')).toBe(Date.parse('2026-04-23T22:00:00Z'));
    expect(startOfDay('2026-11-01', 'America/Havana')).toBe(Date.parse('2026-11-01T04:00:00Z'));
  });

  it('Toronto 1919: midnight within a gap, so the day starts after it', () => {
    expect(startOfDay('1919-03-31', 'America/Toronto')).toBe(Date.parse('1919-03-31T04:30:00Z'));
  });

  it('Boa Vista 2000 and Gaza 2040: summer time for a week', () => {
    expect(at('2000-10-12', '12:00', 'America/Boa_Vista')).toBe('2000-10-12T15:00:00.000Z');
    expect(at('2000-10-16', '12:00', 'America/Boa_Vista')).toBe('2000-10-16T16:00:00.000Z');
    expect(at('2040-10-19', '12:00', 'Asia/Gaza')).toBe('2040-10-19T10:00:00.000Z');
    expect(at('2040-10-24', '12:00', 'Asia/Gaza')).toBe('2040-10-24T09:00:00.000Z');
  });

  it('Monrovia: offsets had seconds until 1972', () => {
    expect(at('1971-06-01', '12:00', 'Africa/Monrovia')).toBe('1971-06-01T12:44:30.000Z');
  });
});

describe('zone names', () => {
  it('knows every zone and the aliases in use', () => {
    expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
  });

  it.each(['', ' ', 'Europe/Atlantis', '+02:00', 'IST', 'cst', 'Etc/Unknown', 'Europe/Berlin '])(
    'refuses %j',
    (name) => {
      expect(isZone(name)).toBe(false);
    },
  );

  it('throws for a zone that does not exist, and for an instant that is none', () => {
    expect(() => toLocal(0, 'Europe/Atlantis')).toThrow(RangeError);
    expect(() => toLocal(Number.NaN, 'Europe/Berlin')).toThrow(RangeError);
  });
});
