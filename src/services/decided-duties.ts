import { awayOn, fateOf } from '#domain/absence.ts';
import { excuseOf } from '#domain/excuse.ts';
import type { PublicHoliday } from '#domain/holidays.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { addWorkingDays, holidayAtWork } from '#domain/working-time.ts';
import { absencesOf } from '#storage/asks.ts';
import type { Trx } from '#storage/database.ts';
import { type Member, workingTimeOf } from '#storage/members.ts';
import type { LedgerDuty, NamedDuty } from '#storage/person-ledger.ts';

/** What was decided about a duty before it could come on any message, or instead of that. */
export interface DecidedDuty {
  what: 'duty';
  at: Date;
  duty: NamedDuty;
  end: DutyEnd;
}

export type DutyEnd =
  /** `holiday`: it fell on that day, and was over before the next working day. */
  | { kind: 'excused'; because: string; holiday?: PublicHoliday | undefined }
  | { kind: 'stood_in'; standInName: string }
  /** Until a local date of the person asked. */
  | { kind: 'waits_for_return'; until: string; whoIsAway: 'person' | 'other' }
  /** Asked on that local date, since it falls on a day on which nothing is asked. */
  | { kind: 'moved_by_holiday'; until: string; holiday: PublicHoliday }
  | { kind: 'put_off'; until: Date };

/** What absences and snoozes made of duties, as it stands now; nothing is said of a duty that was simply asked. */
export async function decideAboutDuties(
  trx: Trx,
  workspaceId: string,
  person: Member,
  duties: readonly LedgerDuty[],
  now: Date,
): Promise<DecidedDuty[]> {
  const ids = new Set(duties.flatMap(({ askedId, aboutId }) => [askedId, aboutId]));
  const earliest = Math.min(now.getTime(), ...duties.map(({ dueAt }) => dueAt.getTime()));
  const absences =
    (
      await absencesOf(
        trx,
        [...ids].map((memberId) => ({ workspaceId, memberId })),
        toLocal(earliest - dayLong, 'UTC').date,
      )
    ).get(workspaceId) ?? [];
  const workingTime = workingTimeOf(person);
  return duties.flatMap((one): DecidedDuty[] => {
    const { kind, askedId, aboutId, aboutName, dueAt, closesAt, settledAt } = one;
    const duty = { kind, askedId, aboutId, aboutName, dueAt };
    const date = toLocal(dueAt.getTime(), person.timeZone).date;
    const holiday = holidayAtWork(workingTime, date);
    const decided = (at: Date, end: DutyEnd): DecidedDuty[] => [{ what: 'duty', at, duty, end }];
    if (one.state === 'excused') {
      // The words somebody added to an excuse are not the ledger's to tell.
      const because = excuseOf(one.reason) ?? one.reason ?? '';
      const reopens = startOfDay(addWorkingDays(workingTime, date, 1), person.timeZone);
      const lapsed = because === 'not_asked_in_time' && reopens >= closesAt.getTime();
      return decided(settledAt ?? dueAt, {
        kind: 'excused',
        because,
        holiday: lapsed ? holiday : undefined,
      });
    }
    // The rest is of whoever is asked; a rep's question before a 1:1 simply comes on a later card.
    if (askedId !== person.id) return [];
    const isOther = askedId !== aboutId;
    if (isOther && one.standInName !== null)
      return decided(dueAt, { kind: 'stood_in', standInName: one.standInName });
    if (one.snoozedUntil !== null && one.snoozedUntil > now)
      return decided(dueAt, { kind: 'put_off', until: one.snoozedUntil });
    const times = { dueAt: dueAt.getTime(), closesAt: closesAt.getTime() };
    const fate = fateOf({ kind, askedId, aboutId, ...times }, person.timeZone, absences);
    const today = toLocal(now.getTime(), person.timeZone).date;
    // A commitment is asked about some working days after its date anyway.
    if (fate.kind === 'ask' && holiday !== undefined && kind !== 'commitment') {
      const until = addWorkingDays(workingTime, date, 1);
      return decided(dueAt, { kind: 'moved_by_holiday', until, holiday });
    }
    if (fate.kind !== 'wait' || fate.until <= today) return [];
    const isAway = awayOn(absences, person.id, today) !== undefined;
    const whoIsAway = isAway || !isOther ? 'person' : 'other';
    return decided(dueAt, { kind: 'waits_for_return', until: fate.until, whoIsAway });
  });
}

const dayLong = 24 * 60 * 60_000;
