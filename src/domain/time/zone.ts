/**
 * Wall time to instant and back. A wall time that a spring gap removes moves forward by the gap; of two in
 * an autumn overlap the earlier is taken. The process's own zone and clock have no say.
 */

import { dateOfDay, dayNumber, minuteOfDay } from './civil.ts';
import { MS_PER_DAY, pad, weekdayOfDay } from './day-number.ts';
import { isKnownToRuntime, type Stretch, stretchAt } from './transitions.ts';

export type LocalDateTime = {
  /** 'YYYY-MM-DD' */
  readonly date: string;
  /** 'HH:MM' */
  readonly time: string;
};

export type LocalMoment = LocalDateTime & {
  readonly second: number;
  /** ISO: Monday is 1, Sunday is 7. */
  readonly weekday: number;
};

const MS_PER_MINUTE = 60_000;

// No zone has ever been further from UTC (Manila, before 1845, was the furthest).
const WIDEST_OFFSET = 16 * 60 * MS_PER_MINUTE;

// ICU also answers to its own old abbreviations, some of them misleading (IST, CST, BST): those are no zones.
const ABBREVIATION = /^[A-Za-z]{3}$/;
const IANA_ABBREVIATIONS = new Set('CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET'.split(' '));

export function isZone(name: string): boolean {
  if (ABBREVIATION.test(name) && !IANA_ABBREVIATIONS.has(name)) return false;
  // '+02:00' is an offset; a person who moves between summer and winter time has no offset.
  return /^[A-Za-z]/.test(name) && isKnownToRuntime(name);
}

export function toInstant(local: LocalDateTime, zone: string): number {
  return instantAt(dayNumber(local.date), minuteOfDay(local.time), zone);
}

/** `day` as a day number, `minute` of that day: for rules, which calculate with numbers. */
export function instantAt(day: number, minute: number, zone: string): number {
  const local = day * MS_PER_DAY + minute * MS_PER_MINUTE;
  const { before, found } = locate(local, zone);
  return local - (before ?? found).offset;
}

export function toLocal(instant: number, zone: string): LocalMoment {
  const local = instant + stretchAt(instant, zone).offset;
  const day = Math.floor(local / MS_PER_DAY);
  const second = Math.floor((local - day * MS_PER_DAY) / 1000);
  const minute = Math.floor(second / 60);
  return {
    date: dateOfDay(day),
    time: `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`,
    second: second % 60,
    weekday: weekdayOfDay(day),
  };
}

/** The day number of an instant's local date. */
export function localDay(instant: number, zone: string): number {
  return Math.floor((instant + stretchAt(instant, zone).offset) / MS_PER_DAY);
}

/** The first instant of a date; where the zone skips its midnight, the first one after the gap. */
export function startOfDay(date: string, zone: string): number {
  const local = dayNumber(date) * MS_PER_DAY;
  const { before, found } = locate(local, zone);
  return before === undefined ? local - found.offset : found.start;
}

/**
 * The earliest stretch that has not ended by this wall time. `before` is there if the wall time falls into
 * the gap that opens the stretch found.
 */
function locate(local: number, zone: string): { before: Stretch | undefined; found: Stretch } {
  // Every stretch before this one has ended, whatever its offset.
  let found = stretchAt(local - WIDEST_OFFSET, zone);
  let before: Stretch | undefined;
  while (local >= found.end + found.offset) {
    before = found;
    found = stretchAt(found.end, zone);
  }
  return { before: local < found.start + found.offset ? before : undefined, found };
}
