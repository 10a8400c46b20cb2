import { z } from 'zod';
import { type Pause, type Rhythm, rhythms, type Slot } from '#domain/slot.ts';
import { wallTimeSchema } from '#domain/time/civil.ts';
import type { Slots } from '#services/view-slots.ts';
import { fitted, inOneLine } from '../text.ts';

/** What one row of the modal says: a slot, and whether it is paused. */
export interface Chosen {
  weekday: number;
  time: string;
  often: Rhythm | 'paused';
}

/** One pair as it was when the modal opened, and as it is chosen now. */
export interface Row {
  repId: string;
  was: Chosen;
  now: Chosen;
  /** Kept while it is paused: what it comes back to. */
  rhythm: Rhythm;
  pausedUntil: string | null;
}

export interface Carried {
  rows: Row[];
  page: number;
  /** Raised with each redrawing, so that what is drawn anew is not overlaid by what was chosen before. */
  drawn: number;
  timeZone: string;
}

/** 85 reps would still fit into what Slack carries; this leaves room. */
export const mostRows = 75;
export const perPage = 25;

/**
 * Slack carries 3,000 characters. A row is written as short as it goes: id, then weekday, hour and minute, and
 * rhythm as one word of letters, twice where it has been changed.
 */
const letters: Record<Chosen['often'], string> = {
  '1': 'a',
  '2': 'b',
  '2-next': 'c',
  '3': 'd',
  '4': 'e',
  paused: 'p',
};
const often = Object.fromEntries(Object.entries(letters).map(([key, letter]) => [letter, key]));

const short = ({ weekday, time, often: how }: Chosen): string =>
  `${weekday}${time.replace(':', '')}${letters[how]}`;

function long(written: string): Chosen {
  const [, weekday, hour, minute, letter] = /^([1-7])(\d\d)(\d\d)([a-ep])$/.exec(written) ?? [];
  return {
    weekday: Number(weekday),
    time: wallTimeSchema.parse(`${hour}:${minute}`),
    often: z.enum([...rhythms, 'paused']).parse(often[letter ?? '']),
  };
}

const Written = z.object({
  r: z.array(z.string()),
  p: z.int().min(0),
  d: z.int(),
  z: z.string(),
});

export function writeCarried({ rows, page, drawn, timeZone }: Carried): string {
  const lines = rows.map(({ repId, was, now, rhythm, pausedUntil }) => {
    const changed = short(was) === short(now) ? '' : short(now);
    return [repId, short(was), changed, letters[rhythm], pausedUntil ?? ''].join(' ').trimEnd();
  });
  return JSON.stringify({ r: lines, p: page, d: drawn, z: timeZone });
}

export function readCarried(view: { privateMetadata: string }): Carried {
  const { r, p, d, z: timeZone } = Written.parse(JSON.parse(view.privateMetadata));
  const rows = r.map((line): Row => {
    const [repId = '', was = '', changed = '', rhythm = '', pausedUntil = ''] = line.split(' ');
    return {
      repId,
      was: long(was),
      now: long(changed === '' ? was : changed),
      rhythm: z.enum(rhythms).parse(often[rhythm]),
      pausedUntil: pausedUntil === '' ? null : z.iso.date().parse(pausedUntil),
    };
  });
  return { rows, page: p, drawn: d, timeZone };
}

/** The names are not carried: they are looked up when the modal is drawn. */
export type Names = ReadonlyMap<string, string>;

export function carriedOf({ slots, timeZone }: Slots): Carried {
  const rows = slots.slice(0, mostRows).map(({ repId, slot, pause }): Row => {
    const { weekday, time, rhythm } = slot;
    const was: Chosen = { weekday, time, often: pause === null ? rhythm : 'paused' };
    return { repId, was, now: was, rhythm, pausedUntil: pause?.until ?? null };
  });
  return { rows, page: 0, drawn: 0, timeZone };
}

export const namesOf = ({ slots }: Slots): Names =>
  new Map(slots.map(({ repId, repName }) => [repId, fitted(inOneLine(repName), 80)]));

/** What a changed row wants of the pair; a row that stays says nothing. */
export function changeOf({
  was,
  now,
  rhythm,
  pausedUntil,
}: Row): { slot: Slot; pause: Pause | null } | undefined {
  const { weekday, time } = now;
  if (short(was) === short(now)) return undefined;
  const paused = now.often === 'paused';
  return {
    slot: { weekday, time, rhythm: now.often === 'paused' ? rhythm : now.often },
    pause: paused ? { until: was.often === 'paused' ? pausedUntil : null } : null,
  };
}
