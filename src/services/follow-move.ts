import { startOfDay, toInstant, toLocal } from '#domain/time/zone.ts';
import { aheadAskedOf, type RuleAsked, rulesAskedOf } from '#storage/asked-of.ts';
import { changeRules } from '#storage/cadence-rules.ts';
import type { Upcoming } from '#storage/cadences.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import { moveOccurrence } from '#storage/told-occurrences.ts';
import { nextPlanned } from './next-planned.ts';

export const hasMoved = (before: Member, after: Member): boolean =>
  before.timeZone !== after.timeZone ||
  before.country !== after.country ||
  before.workingDays.join() !== after.workingDays.join();

/**
 * Somebody lives by another clock, other holidays or other working days from now on: what is asked of them and has not fallen due
 * comes at the same wall time there. What has fallen due stays where it was, as does what would be over already.
 */
export async function followMove(
  trx: Trx,
  workspaceId: string,
  { before, after }: { before: Member; after: Member },
  now: Date,
): Promise<void> {
  const rules = await rulesAskedOf(trx, workspaceId, after.id);
  const there = (at: Date): Date =>
    new Date(toInstant(toLocal(at.getTime(), before.timeZone), after.timeZone));
  if (before.timeZone !== after.timeZone) {
    for (const { id, dueAt, closesAt } of await aheadAskedOf(trx, workspaceId, after.id, now)) {
      const to = { dueAt: there(dueAt), closesAt: there(closesAt) };
      if (to.dueAt > now) await moveOccurrence(trx, workspaceId, id, to);
    }
  }
  const changes = rules.map((one) => ({ id: one.id, rule: one.rule, next: nextOf(one, after, now) }));
  await changeRules(trx, workspaceId, changes);
}

/** A period that is made already is not made again, whichever way the clock has moved. */
function nextOf({ rule, last, pausedUntil }: RuleAsked, member: Member, now: Date): Upcoming {
  const resumes = pausedUntil === null ? 0 : startOfDay(pausedUntil, member.timeZone) - 1;
  let next = nextPlanned({ ...member, rule }, Math.max(now.getTime(), resumes));
  while (last !== null && next.period <= last.period) {
    next = nextPlanned({ ...member, rule }, next.dueAt.getTime());
  }
  return next;
}
