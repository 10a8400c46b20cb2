import { couldNotAnswer } from '#domain/check-in-absence.ts';
import { isForManagerToo } from '#domain/duty.ts';
import { endAtClosing } from '#domain/occurrence.ts';
import { defaultSettings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { absencesOf, settingsOfMany } from '#storage/asks.ts';
import { unansweredSides } from '#storage/check-in-sides.ts';
import type { Trx } from '#storage/database.ts';
import { claimOverdue, type EndedOccurrence, endOccurrences, type Overdue } from '#storage/occurrences.ts';

/** Across workspaces: ends what is over. Never asked means excused, and so does an answer that nobody was there to give. */
export async function closeOverdue(trx: Trx, now: Date, limit: number): Promise<EndedOccurrence[]> {
  const over = await claimOverdue(trx, now, limit);
  if (over.length === 0) return [];
  const excused = await withSomebodyAway(
    trx,
    over.filter(({ kind }) => kind === 'check_in'),
  );
  const ends = over.map(
    (one): EndedOccurrence => ({
      workspaceId: one.workspaceId,
      id: one.id,
      ...(excused.has(one) ? { state: 'excused', reason: 'away' } : endAtClosing(one.askedAt)),
    }),
  );
  await endOccurrences(trx, ends, now);
  return ends;
}

/** Check-ins that could not be done, because a side that has not answered was away for as long as they were open. */
async function withSomebodyAway(trx: Trx, checkIns: readonly Overdue[]): Promise<Set<Overdue>> {
  const [first, ...others] = checkIns.map(({ dueAt }) => dueAt.getTime());
  if (first === undefined) return new Set();
  const sides = await unansweredSides(trx, checkIns);
  const people = sides.map(({ workspaceId, who }) => ({ workspaceId, memberId: who.id }));
  const from = addDays(toLocal(Math.min(first, ...others), 'UTC').date, -1);
  const absences = await absencesOf(trx, people, from);
  const settings = await settingsOfMany(trx, [...new Set(checkIns.map((one) => one.workspaceId))]);
  return new Set(
    checkIns.filter(({ workspaceId, id, period, ...times }) => {
      const open = { dueAt: times.dueAt.getTime(), closesAt: times.closesAt.getTime() };
      const ofManager = isForManagerToo(period, settings.get(workspaceId) ?? defaultSettings);
      return sides.some(
        (one) =>
          one.workspaceId === workspaceId &&
          one.id === id &&
          (one.side === 'rep' || ofManager) &&
          couldNotAnswer(one.side, one.who, open, absences.get(workspaceId) ?? []),
      );
    }),
  );
}
