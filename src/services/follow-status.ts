import { randomUUID } from 'node:crypto';
import { type AwayStatus, daysAway, statusKey } from '#domain/slack-status.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { type AbsenceRow, absencesFrom, insertAbsence, withdrawAbsence } from '#storage/absences.ts';
import type { Trx } from '#storage/database.ts';
import { type Member, membersById } from '#storage/members.ts';
import { saveSlackSides, slackSidesOf } from '#storage/slack-side.ts';
import { decideAnew } from './set-absence.ts';

interface Days {
  firstDay: string;
  lastDay: string;
}

/**
 * Being out sick or on vacation by Slack's status is an absence for as long as the status stands. It changes the
 * absence it made and no other: what somebody set by hand goes before it, and one that they ended by hand does not come
 * back with the same status.
 */
export async function followStatuses(
  trx: Trx,
  workspaceId: string,
  people: readonly { id: string; isGuest: boolean; away: AwayStatus | null }[],
  now: Date,
): Promise<number> {
  const sides = await slackSidesOf(
    trx,
    workspaceId,
    people.map(({ id }) => id),
  );
  const changed = people.filter(({ id, isGuest, away }) => {
    const side = sides.get(id);
    if (side === undefined) return false;
    // One without an end is moved on from day to day.
    const stands = away !== null && away.until === null;
    return side.isGuest !== isGuest || side.awayStatus !== statusKey(away) || stands;
  });
  if (changed.length === 0) return 0;
  const members = new Map(
    (
      await membersById(
        trx,
        workspaceId,
        changed.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  );
  let absences = 0;
  for (const { id, away } of changed) {
    const member = members.get(id);
    const isNew = sides.get(id)?.awayStatus !== statusKey(away);
    if (member === undefined || (!isNew && away === null)) continue;
    if (await followStatus(trx, workspaceId, { member, away, isNew }, now)) absences += 1;
  }
  await saveSlackSides(
    trx,
    workspaceId,
    changed.map(({ id, isGuest, away }) => ({ id, isGuest, awayStatus: statusKey(away) })),
  );
  return absences;
}

async function followStatus(
  trx: Trx,
  workspaceId: string,
  { member, away, isNew }: { member: Member; away: AwayStatus | null; isNew: boolean },
  now: Date,
): Promise<boolean> {
  const { date: today } = toLocal(now.getTime(), member.timeZone);
  const known = await absencesFrom(trx, workspaceId, member.id, addDays(today, -1));
  const made = known.find(({ source }) => source === 'status');
  if (!isNew && made === undefined) return false;
  const time = { zone: member.timeZone, starts: member.workStarts };
  const said = away === null ? undefined : daysAway(away, now.getTime(), time);
  const firstDay = made !== undefined && made.firstDay < today ? made.firstDay : today;
  const wanted = said && withoutThose({ ...said, firstDay }, known, made);
  // What is over stays what it was.
  const rest =
    wanted ??
    (made !== undefined && made.firstDay < today ? { firstDay, lastDay: addDays(today, -1) } : undefined);
  if (rest?.firstDay === made?.firstDay && rest?.lastDay === made?.lastDay) return false;
  if (made !== undefined) await withdrawAbsence(trx, workspaceId, { id: made.id, memberId: member.id }, now);
  if (rest !== undefined) {
    const standInId = made?.standInId ?? null;
    const one = { id: randomUUID(), memberId: member.id, ...rest, standInId, source: 'status' as const };
    await insertAbsence(trx, workspaceId, { ...one, setBy: member.id, at: now });
  }
  await decideAnew(trx, workspaceId, member, now.getTime());
  return true;
}

/** The days that no other absence has already; those before it, where one lies in the middle. */
function withoutThose(
  days: Days,
  known: readonly AbsenceRow[],
  made: AbsenceRow | undefined,
): Days | undefined {
  let { firstDay, lastDay } = days;
  // In order: they come so, and never overlap.
  for (const other of known) {
    if (other === made || other.lastDay < firstDay || lastDay < other.firstDay) continue;
    if (other.firstDay <= firstDay) firstDay = addDays(other.lastDay, 1);
    else lastDay = addDays(other.firstDay, -1);
  }
  return firstDay <= lastDay ? { firstDay, lastDay } : undefined;
}
