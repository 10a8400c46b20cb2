/** Years of a calendar walked through, and every moment held against Temporal and the plain lists of holidays. */

import Holidays from 'date-holidays';
import type { Fate } from '#domain/absence.ts';
import { asksOf, closesAt, planAhead } from '#domain/duty.ts';
import { momentsOf } from '#domain/moments.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { occurrencesBetween, type Rule } from '#domain/recurrence.ts';
import { decideSending } from '#domain/sending.ts';
import { defaultSettings } from '#domain/settings.ts';
import { isWorkingDay, type WorkingTime } from '#domain/working-time.ts';
import { instantOf, localOf, Temporal } from './time/oracle.ts';

const hour = 3_600_000;
const day = 24 * hour;

const mondayToFriday = [1, 2, 3, 4, 5];
const sundayToThursday = [7, 1, 2, 3, 4];

/** Substitutes before and after, bridge days, moons, half days, feasts of several days, other weekends. */
export const countries = [
  { country: 'US', days: mondayToFriday },
  { country: 'GB', days: mondayToFriday },
  { country: 'DE', days: mondayToFriday },
  { country: 'FR', days: [1, 2, 4, 5] },
  { country: 'JP', days: mondayToFriday },
  { country: 'BR', days: mondayToFriday },
  { country: 'AE', days: sundayToThursday },
  { country: 'IL', days: sundayToThursday },
  { country: 'ZA', days: mondayToFriday },
  { country: 'TR', days: [1] },
] as const;

const hours = [
  { starts: '09:00', ends: '17:00' },
  { starts: '11:00', ends: '19:00' },
  { starts: '06:30', ends: '14:00' },
] as const;

/** A person in the nth zone of a list in a year: over ten years each zone has holidays of ten countries. */
export function personIn(zone: string, nth: number, year: number): WorkingTime & { country: string } {
  const { country, days } = countries[(nth + year) % countries.length] ?? countries[0];
  return { zone, country, days, ...(hours[nth % hours.length] ?? hours[0]) };
}

/** The usual slot, and times that changes of the clocks skip or repeat. */
const slots = [
  { weekday: 4, time: '16:00' },
  { weekday: 7, time: '02:30' },
  { weekday: 7, time: '00:00' },
  { weekday: 6, time: '23:45' },
];

/** What is wrong with a weekly cadence in a zone: each local week is to have one occurrence, at its wall time. */
export function weeklyFaults(zone: string, firstYear: number, years: number): string[] {
  const after = Date.UTC(firstYear, 0, 5);
  const until = Date.UTC(firstYear + years, 0, 5);
  return slots.flatMap(({ weekday, time }) => {
    const rule: Rule = { kind: 'weekly', weekday, time, interval: 1, anchor: `${firstYear}-01-01` };
    const found = occurrencesBetween(rule, zone, after, until).map(({ period, due }) => `${period} ${due}`);
    const expected: string[] = [];
    const first = Temporal.PlainDate.from(`${firstYear}-01-01`);
    let date = first.add({ days: weekday - first.dayOfWeek - 7 });
    for (let due = Number.NEGATIVE_INFINITY; due <= until; date = date.add({ days: 7 })) {
      due = instantOf(date.toString(), time, zone);
      const week = `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, '0')}`;
      if (due > after && due <= until) expected.push(`${week} ${due}`);
    }
    if (found.length < years * 52) return [`${zone} ${time}: only ${found.length} weeks`];
    const wrong = expected.findIndex((one, index) => one !== found[index]);
    if (wrong === -1 && found.length === expected.length) return [];
    return [`${zone} ${weekday} ${time}: ${expected[wrong]} expected, ${found[wrong]} found`];
  });
}

const rules: [DutyKind, Rule][] = [
  ['one_on_one', { kind: 'weekly', weekday: 4, time: '16:00', interval: 1, anchor: '2020-01-01' }],
  ['one_on_one', { kind: 'weekly', weekday: 1, time: '10:00', interval: 1, anchor: '2020-01-01' }],
  ['time_report', { kind: 'weekly', weekday: 5, time: '15:00', interval: 1, anchor: '2020-01-01' }],
  ['observed_call', { kind: 'monthly', on: { day: 'first-working-day' }, time: '09:00' }],
  ['check_in', { kind: 'weekly', weekday: 3, time: '09:00', interval: 1, anchor: '2020-01-01' }],
  ['commitment', { kind: 'weekly', weekday: 6, time: '17:00', interval: 1, anchor: '2020-01-01' }],
  ['practice', { kind: 'weekly', weekday: 2, time: '09:00', interval: 1, anchor: '2020-01-01' }],
];

/** Messages planned, or left to a card, outside a person's working time; and how many were looked at. */
export function planningFaults(person: WorkingTime & { country: string }, year: number) {
  const { zone } = person;
  const isFree = workingMoments(person, year);
  const from = Date.UTC(year, 0, 1);
  const until = Date.UTC(year + 1, 0, 1);
  const faults: string[] = [];
  let moments = 0;
  const check = (what: string, at: number): void => {
    moments += 1;
    const problem = isFree(at);
    if (problem !== undefined) faults.push(`${zone} ${person.country} ${what}: ${problem}`);
  };

  for (const [kind, rule] of rules) {
    const made = occurrencesBetween(rule, zone, from, until, (date) => isWorkingDay(person, date));
    for (const [index, { period, due }] of made.entries()) {
      const following = made[index + 1]?.due ?? due + 7 * day;
      const closes = closesAt(kind, { dueAt: due, following, zone }, defaultSettings);
      const falling = {
        period: kind === 'check_in' ? 'D30' : period,
        dueAt: due,
        closesAt: kind === 'check_in' || kind === 'commitment' ? due + 14 * day : closes,
        snoozedUntil: null,
      };
      const back = localOf(due + 3 * day, zone).date;
      const fates: Fate[] = [{ kind: 'ask' }, { kind: 'wait', until: back }];
      for (const fate of fates) {
        for (const ask of asksOf[kind]) {
          const settings = defaultSettings;
          for (const { at, via } of momentsOf(ask, falling, person, { fate, settings, now: due - planAhead }))
            check(`${kind} ${via}`, at);
        }
      }
    }
  }

  for (let now = from; now < until; now += 37 * hour) {
    for (const hasCard of [false, true]) {
      const receiver = { time: person, roles: ['manager'] as const, sentOn: [], hasCard, backOn: undefined };
      const sending = decideSending({ kind: 'card', dueAt: now }, now, receiver, defaultSettings);
      check(sending.kind === 'send' ? 'sent' : sending.because, sending.kind === 'send' ? now : sending.at);
    }
  }
  return { faults, moments };
}

/** Says what is wrong with a moment, without any of our own calendar. */
function workingMoments(
  { zone, country, days, starts, ends }: WorkingTime & { country: string },
  year: number,
) {
  const calendar = new Holidays(country, { types: ['public'], timezone: 'UTC' });
  const free = new Set<string>();
  for (const { date, start, end } of [year - 1, year, year + 1].flatMap((one) => calendar.getHolidays(one))) {
    if (!date.includes(' 00:00:00')) continue;
    const first = Temporal.PlainDate.from(date.slice(0, 10));
    for (let nth = 0; (nth + 1) * day <= end.getTime() - start.getTime(); nth++)
      free.add(first.add({ days: nth }).toString());
  }
  const known = new Map<number, string | undefined>();
  return (at: number): string | undefined => {
    if (!known.has(at)) {
      const { date, time, weekday } = localOf(at, zone);
      const works = days.includes(weekday) && !free.has(date) && time >= starts && time < ends;
      known.set(at, works ? undefined : `${date} ${time}`);
    }
    return known.get(at);
  };
}
