import { weekOf } from '#domain/sending.ts';
import { toInstant, toLocal } from '#domain/time/zone.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { openOccurrencesOfPair } from '#storage/slots.ts';
import { moveOccurrence } from '#storage/told-occurrences.ts';

/**
 * The next 1:1 on another day than usual: the one that is planned in the week of that day moves to it, at its
 * usual time. A day of a week in which none is planned is only written down.
 */
export async function moveNextTo(
  trx: Trx,
  workspaceId: string,
  pair: { managerId: string; repId: string },
  date: string | undefined,
  now: Date,
): Promise<void> {
  if (date === undefined) return;
  const zone = (await findMember(trx, workspaceId, pair.managerId))?.timeZone ?? 'UTC';
  for (const one of await openOccurrencesOfPair(trx, workspaceId, pair)) {
    const due = toLocal(one.dueAt.getTime(), zone);
    const dueAt = toInstant({ date, time: due.time }, zone);
    if (weekOf(due.date) !== weekOf(date) || one.dueAt <= now || dueAt <= now.getTime()) continue;
    const closesAt = new Date(Math.max(one.closesAt.getTime(), dueAt + 1));
    if (due.date !== date)
      await moveOccurrence(trx, workspaceId, one.id, { dueAt: new Date(dueAt), closesAt });
  }
}
