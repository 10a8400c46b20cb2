import { type Excuse, excuseAsReason } from '#domain/excuse.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { type OccurrenceFacts, openFor } from '#storage/card.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { lockMovable, type Movable } from '#storage/put-off.ts';
import { excuseOccurrence, forgetUnsent } from '#storage/told-occurrences.ts';
import type { ServiceContext } from '../context.ts';
import { movableBy, type NotMovable } from './put-off.ts';

export interface ToExcuse {
  one: Movable;
  /** What else is asked of the same person by the end of their day. */
  others: OccurrenceFacts[];
  zone: string;
}

/** What is about to be excused, for the form that asks why. */
export async function openExcuse(
  context: ServiceContext,
  workspaceId: string,
  who: { personId: string; occurrenceId: string },
): Promise<Result<ToExcuse, NotMovable>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await movableBy(trx, workspaceId, who, 'excuse_occurrence', now);
    if (!found.ok) return found;
    const zone = (await findMember(trx, workspaceId, who.personId))?.timeZone ?? 'UTC';
    const asked = await askedToday(trx, workspaceId, who.personId, zone, now);
    const others = asked.filter(({ occurrenceId }) => occurrenceId !== who.occurrenceId);
    return done({ one: found.value, others, zone });
  });
}

async function askedToday(
  trx: Trx,
  workspaceId: string,
  personId: string,
  zone: string,
  now: number,
): Promise<OccurrenceFacts[]> {
  const tomorrow = startOfDay(addDays(toLocal(now, zone).date, 1), zone);
  const open = await openFor(trx, workspaceId, personId, new Date(tomorrow));
  return open.filter(({ askedId, aboutId, standInId }) =>
    askedId === aboutId ? askedId === personId : (standInId ?? askedId) === personId,
  );
}

/** Which one cannot be excused any more, and why; it is unknown where it is not there. */
export type NotExcused = NotMovable & { occurrenceId: string; which: Movable | undefined };

/**
 * Ends occurrences as excused, for one reason: they count neither way. All or none; the same form sent twice excuses
 * once.
 */
export async function excuse(
  context: ServiceContext,
  workspaceId: string,
  what: { personId: string; occurrenceIds: readonly string[]; excuse: Excuse; words: string | undefined },
): Promise<Result<undefined, NotExcused>> {
  const now = context.clock.now();
  const reason = excuseAsReason(what.excuse, what.words);
  const excused = await context.database.inWorkspace(workspaceId, async (trx) => {
    const open: string[] = [];
    for (const occurrenceId of [...new Set(what.occurrenceIds)].sort()) {
      const who = { personId: what.personId, occurrenceId };
      const found = await movableBy(trx, workspaceId, who, 'excuse_occurrence', now);
      if (found.ok) {
        open.push(occurrenceId);
        continue;
      }
      const { problem } = found;
      // What it was to become, it is already.
      if (problem.kind === 'over' && problem.state === 'excused') continue;
      const which = await lockMovable(trx, workspaceId, occurrenceId);
      return refused({ ...problem, occurrenceId, which });
    }
    for (const id of open) await excuseOccurrence(trx, workspaceId, id, reason, new Date(now));
    await forgetUnsent(trx, workspaceId, open);
    return done(undefined);
  });
  if (excused.ok) context.wake(workspaceId);
  return excused;
}
