import { addDays, weekdayOf } from '#domain/time/civil.ts';
import type { Application } from '../../application.ts';
import type { Chance } from '../chance.ts';
import type { LocalSlack } from '../local-slack/local-slack.ts';

/** Something that somebody did at a moment of the past; it is done at the next stop. */
export interface Deed {
  at: number;
  run(): Promise<void>;
}

/** What the parts of the past are made with. */
export interface PastTeam {
  application: Application;
  slack: LocalSlack;
  chance: Chance;
  /** From when to when it is lived. */
  begins: number;
  ends: number;
}

export const hour = 60 * 60_000;
export const day = 24 * hour;
export const week = 7 * day;

/** The day itself, or the Monday after a weekend. */
export function workingDate(date: string): string {
  const weekday = weekdayOf(date);
  return weekday > 5 ? addDays(date, 8 - weekday) : date;
}

let views = 0;

/** As a modal's: one form, one record. Those of visitors begin with a V. */
export function pastView(): string {
  views += 1;
  return `history-${views}`;
}
