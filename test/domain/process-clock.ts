/**
 * A process of its own, with a time zone (TZ) and a date (SAMPLE_NOW) of its own. It prints a hash of many
 * answers of ours, and one of luxon's, which are known to follow the process's clock.
 */

import { createHash } from 'node:crypto';

const RealDate = Date;
const shift = Number(process.env['SAMPLE_NOW']) - RealDate.now();

globalThis.Date = class extends RealDate {
  constructor(...parts: ConstructorParameters<typeof RealDate> | []) {
    if (parts.length === 0) super(RealDate.now() + shift);
    else super(...parts);
  }

  static override now(): number {
    return RealDate.now() + shift;
  }
} as DateConstructor;

// Only now, so that nothing has looked at the clock before.
const { nextOccurrence } = await import('#domain/recurrence.ts');
const { startOfDay, toInstant, toLocal } = await import('#domain/time/zone.ts');
const { DateTime } = await import('luxon');

const ours = createHash('sha256');
const luxons = createHash('sha256');
const HOUR = 3_600_000;
const times = ['00:00', '00:30', '01:30', '02:00', '02:30', '03:30', '12:00', '23:30'];
const works = (date: string) => !date.endsWith('-01');

for (const zone of Intl.supportedValuesOf('timeZone')) {
  for (let instant = RealDate.UTC(2026, 0, 1); instant < RealDate.UTC(2028, 0, 1); instant += 127 * HOUR) {
    const { date, ...rest } = toLocal(instant, zone);
    ours.update(JSON.stringify([zone, date, rest, startOfDay(date, zone)]));
  }
  for (let month = 0; month < 24; month++) {
    const after = RealDate.UTC(2026, month, 1);
    const time = times[month % times.length] ?? '';
    const on = { day: 'first-working-day' } as const;
    const answers = [
      nextOccurrence({ kind: 'weekly', weekday: 7, time, interval: 2, anchor: '2026-01-01' }, zone, after),
      nextOccurrence({ kind: 'monthly', on, time }, zone, after, works),
      nextOccurrence({ kind: 'quarterly', on, time, fiscalYearStart: 2 }, zone, after),
    ];
    ours.update(JSON.stringify(answers));
  }
}

// Sundays in spring and autumn, hour by hour: where most of the gaps and overlaps are.
for (const zone of [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'America/Havana',
]) {
  for (const date of ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01']) {
    for (const time of times) {
      ours.update(String(toInstant({ date, time }, zone)));
      luxons.update(String(DateTime.fromISO(`${date}T${time}`, { zone }).toMillis()));
    }
  }
}

const here = `${new Intl.DateTimeFormat().resolvedOptions().timeZone} ${new Date().toISOString().slice(0, 10)}`;
console.log(JSON.stringify({ here, ours: ours.digest('hex'), luxons: luxons.digest('hex') }));
