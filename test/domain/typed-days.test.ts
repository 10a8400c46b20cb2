import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '#domain/time/civil.ts';
import { readTypedDays } from '#domain/typed-days.ts';
import { dates } from './people-at-work.ts';

/** A Thursday. */
const today = '2026-03-05';
const read = (typed: string) => readTypedDays(typed, today);

describe('days behind a command', () => {
  test.each([
    ['2026-03-09 2026-03-13', '2026-03-09', '2026-03-13'],
    ['today', '2026-03-05', '2026-03-05'],
    ['tomorrow', '2026-03-06', '2026-03-06'],
    ['Tomorrow until Monday', '2026-03-06', '2026-03-09'],
    ['monday friday', '2026-03-09', '2026-03-13'],
    ['from mon to mon', '2026-03-09', '2026-03-09'],
    ['thursday', '2026-03-12', '2026-03-12'],
    ['12 Dec 20 Dec', '2026-12-12', '2026-12-20'],
    ['12 Dec – 3 Jan', '2026-12-12', '2027-01-03'],
    ['Dec 12, Dec 20', '2026-12-12', '2026-12-20'],
    ['12.12. 20.12.', '2026-12-12', '2026-12-20'],
    ['12.12.2026 to 20.12.2026', '2026-12-12', '2026-12-20'],
    ['12. December 2026', '2026-12-12', '2026-12-12'],
    ['1st April', '2026-04-01', '2026-04-01'],
  ])('%s', (typed, first, last) => {
    expect(read(typed)).toEqual({ first, last, unread: undefined });
  });

  test('may be none', () => {
    expect(read('')).toEqual({ first: undefined, last: undefined, unread: undefined });
  });

  test.each([
    ['frydai', undefined, 'frydai'],
    ['31.2.', undefined, '31.2.'],
    ['2026-02-30', undefined, '2026-02-30'],
    ['tomorrow someday', '2026-03-06', 'someday'],
    ['monday friday sunday', '2026-03-09', 'sunday'],
    ['<@U1|sam>', undefined, '<@u1|sam>'],
  ])('that are none are named: %s', (typed, first, unread) => {
    expect(read(typed)).toMatchObject({ first, unread });
  });

  test('just past stay past, so that it can be said; long past means the year to come', () => {
    expect(read('3 Mar').first).toBe('2026-03-03');
    expect(read('3 Jun').first).toBe('2026-06-03');
    expect(readTypedDays('3 Jan', '2026-12-05').first).toBe('2027-01-03');
  });

  test('read as they were written, whichever way', () => {
    const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
    fc.assert(
      fc.property(
        dates,
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 0, max: 90 }),
        (from, ahead, length) => {
          const first = addDays(from, ahead);
          const last = addDays(first, length);
          const written = (date: string): string[] => {
            const [year, month, day] = date.split('-').map(Number);
            const name = months[(month ?? 1) - 1];
            return [
              date,
              `${day} ${name}`,
              `${name} ${day} ${year}`,
              `${day}.${month}.`,
              `${day}.${month}.${year}`,
            ];
          };
          for (const [index, typed] of written(first).entries()) {
            const found = readTypedDays(`${typed} ${written(last)[index]}`, from);
            expect(found).toEqual({ first, last, unread: undefined });
            expect(daysBetween(first, last)).toBe(length);
          }
        },
      ),
    );
  });

  test('whatever is typed, an answer comes', () => {
    fc.assert(fc.property(fc.string(), dates, (typed, day) => void readTypedDays(typed, day)));
  });
});
