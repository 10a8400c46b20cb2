/** When a behaviour has become a habit: applied unasked, more than once, in more than one place, for a while. */

import type { Evidence, Outcome } from './one-on-one.ts';
import { daysBetween } from './time/civil.ts';

export interface Application {
  on: string;
  outcome: Outcome;
  evidence: Evidence;
  /** Null where nobody wrote it down, as in a 1:1. */
  account: string | null;
}

export interface HabitCriteria {
  applications: number;
  accounts: number;
  weeks: number;
}

export const defaultHabitCriteria: HabitCriteria = { applications: 3, accounts: 2, weeks: 3 };

export interface HabitProgress {
  habitual: boolean;
  /** The date of the application that made it habitual; it stays so, whatever comes later. */
  since: string | null;
  applications: number;
  /** Different ones that are known by name. */
  accounts: number;
  /** Applications of which nobody knows the account: naming it may be all that is missing. */
  withoutAccount: number;
  /** From the first application to the last. */
  days: number;
}

/**
 * "Over three weeks" is 21 days from the first application to the last: two weekly 1:1s are not enough. An
 * unknown account counts as an application and for the time, but never as an account of its own: it might be
 * the one already known, and a habit is a claim to be proved. What is recorded twice on a day for the same
 * account, in a debrief and in a 1:1, is one application.
 */
export function habitOf(
  recorded: readonly Application[],
  criteria: HabitCriteria = defaultHabitCriteria,
): HabitProgress {
  const counted = applicationsIn(recorded);
  const since = counted.find((_, index) => meets(counted.slice(0, index + 1), criteria))?.on ?? null;
  return {
    habitual: since !== null,
    since,
    applications: counted.length,
    accounts: accountsOf(counted).size,
    withoutAccount: counted.filter((one) => nameOf(one) === '').length,
    days: daysOver(counted),
  };
}

function applicationsIn(recorded: readonly Application[]): Application[] {
  const unasked = recorded
    .filter(({ outcome, evidence }) => outcome === 'unasked' && evidence !== 'told')
    .sort((a, b) => daysBetween(b.on, a.on));
  const seen = new Set<string>();
  return unasked.filter((one) => {
    const key = `${one.on}/${nameOf(one)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function meets(applications: readonly Application[], criteria: HabitCriteria): boolean {
  return (
    applications.length >= criteria.applications &&
    accountsOf(applications).size >= criteria.accounts &&
    daysOver(applications) >= criteria.weeks * 7
  );
}

/** People write "Acme", "acme " and "ACME" for the same account; the empty name is an unknown one. */
function nameOf({ account }: Application): string {
  return (account ?? '').normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}

function accountsOf(applications: readonly Application[]): Set<string> {
  return new Set(applications.map(nameOf).filter((name) => name !== ''));
}

function daysOver(applications: readonly Application[]): number {
  const first = applications.at(0);
  const last = applications.at(-1);
  return first === undefined || last === undefined ? 0 : daysBetween(first.on, last.on);
}
