/** Occurrences a second, ours against luxon doing the same. Run: npx node bench/recurrence.ts */

import { DateTime } from 'luxon';
import { nextOccurrence, type Rule } from '../src/domain/recurrence.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
];
const START = Date.UTC(2026, 0, 1);
const WEEKS = 520;
const RULE: Rule = {
  kind: 'weekly',
  weekday: 4,
  time: '16:00',
  interval: 1,
  anchor: '2026-01-01',
};

type Next = (zone: string, after: number) => { period: string; due: number };

const ours: Next = (zone, after) => nextOccurrence(RULE, zone, after);

const luxon: Next = (zone, after) => {
  let slot = DateTime.fromMillis(after, { zone }).set({
    weekday: 4,
    hour: 16,
    minute: 0,
    second: 0,
    millisecond: 0,
  });
  if (slot.toMillis() <= after) slot = slot.plus({ weeks: 1 });
  return { period: slot.toFormat("kkkk-'W'WW"), due: slot.toMillis() };
};

/** Walks ten years of weeks in each zone, again and again until the time is up. */
function perSecond(next: Next, milliseconds: number): number {
  const begin = performance.now();
  let count = 0;
  while (performance.now() < begin + milliseconds) {
    for (const zone of ZONES) {
      let after = START;
      for (let week = 0; week < WEEKS; week++) {
        const { due, period } = next(zone, after);
        // Using both keeps the compiler from leaving the work out.
        after = due + (period.length === 8 ? 0 : Number.NaN);
        count++;
      }
    }
  }
  return (count / (performance.now() - begin)) * 1000;
}

for (const zone of ZONES) {
  let after = START;
  for (let week = 0; week < WEEKS; week++) {
    const mine = ours(zone, after);
    const theirs = luxon(zone, after);
    if (mine.due !== theirs.due || mine.period !== theirs.period) {
      throw new Error(`Not the same work: ${zone} ${JSON.stringify(mine)} ${JSON.stringify(theirs)}`);
    }
    after = mine.due;
  }
}

// In turns, so that whatever else the machine does meets both.
const rounds = Array.from({ length: 9 }, () => ({
  ours: perSecond(ours, 300),
  luxon: perSecond(luxon, 300),
}));
const median = (values: number[]) => values.sort((one, other) => one - other)[values.length >> 1] ?? 0;
const figure = (value: number) => Math.round(value).toLocaleString('en-US').padStart(10);
console.log(`ours   ${figure(median(rounds.map((round) => round.ours)))} occurrences/s`);
console.log(`luxon  ${figure(median(rounds.map((round) => round.luxon)))} occurrences/s`);
console.log(`ratio  ${figure(median(rounds.map((round) => round.ours / round.luxon)))} ×`);
