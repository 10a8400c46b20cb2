import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Asked, foresee, type Recipient } from '#domain/first-week.ts';
import { defaultSettings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import { isWorkingAt } from '#domain/working-time.ts';

const time = { zone: 'America/New_York', days: [1, 2, 3, 4, 5], starts: '09:00', ends: '17:00' };
const rep: Recipient = { time, roles: ['rep'], sentOn: [], cardsOn: [], backOn: () => undefined };
const hour = 60 * 60_000;
const from = Date.parse('2026-03-02T14:00:00Z');
const span = { from, until: from + 7 * 24 * hour };

const card = (at: string, row: string): Asked<string> => ({ via: 'card', at: Date.parse(at), row });

test('what waited comes as one message, at once if this is working time', () => {
  const asked = [card('2026-02-20T14:00:00Z', 'a'), card('2026-02-27T14:00:00Z', 'b')];
  expect(foresee(asked, rep, span, defaultSettings)).toEqual([{ kind: 'card', at: from, rows: ['a', 'b'] }]);
});

test('who is away gets it on the card of their first day back', () => {
  const away: Recipient = { ...rep, backOn: (date) => (date < '2026-03-05' ? '2026-03-05' : undefined) };
  const [only, ...more] = foresee([card('2026-03-03T14:00:00Z', 'a')], away, span, defaultSettings);
  expect(more).toEqual([]);
  expect(only).toEqual({ kind: 'card', at: Date.parse('2026-03-05T14:00:00Z'), rows: ['a'] });
});

test('a prompt that finds the day full moves onto the next card, and takes its row along', () => {
  const prompt: Asked<string> = { via: 'prompt', at: Date.parse('2026-03-02T20:00:00Z'), row: 'b' };
  const seen = foresee([card('2026-03-02T14:00:00Z', 'a'), prompt], rep, span, defaultSettings);
  expect(seen).toEqual([
    { kind: 'card', at: from, rows: ['a'] },
    { kind: 'card', at: Date.parse('2026-03-03T14:00:00Z'), rows: ['b'] },
  ]);
});

const anyAsked = fc.record({
  via: fc.constantFrom('card' as const, 'prompt' as const),
  at: fc.integer({ min: -48, max: 6 * 24 }).map((hours) => from + hours * hour),
  row: fc.integer(),
});

test('whatever is asked, it comes in working time and within the budget, and what does not come is late, not lost', () => {
  fc.assert(
    fc.property(fc.array(anyAsked, { maxLength: 30 }), (asked) => {
      const long = { from, until: from + 60 * 24 * hour };
      const sent = foresee(asked, rep, long, defaultSettings);
      const dates = sent.map(({ at }) => toLocal(at, time.zone).date);
      for (const { at } of sent) expect(isWorkingAt(time, at)).toBe(true);
      expect(new Set(dates).size).toBe(dates.length);
      const weeks = Map.groupBy(sent, ({ at }) =>
        Math.floor((at - Date.parse('2026-03-02T05:00:00Z')) / (7 * 24 * hour)),
      );
      for (const inWeek of weeks.values())
        expect(inWeek.length).toBeLessThanOrEqual(defaultSettings.budget.repPerWeek);
      expect(new Set(sent.flatMap(({ rows }) => rows))).toEqual(new Set(asked.map(({ row }) => row)));
    }),
  );
});
