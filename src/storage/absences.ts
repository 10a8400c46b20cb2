import { sql } from 'kysely';
import type { AbsenceSource } from '#domain/absence.ts';
import { planAhead } from '#domain/duty.ts';
import type { StandIn } from '#domain/relation.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { merged } from './merged.ts';
import { markMessagesShowing } from './messages.ts';
import { together } from './together.ts';
import { forgetUnsent } from './told-occurrences.ts';

/**
 * Who is asked in the place of whom at the moment: while somebody is away, and after that for what the other has
 * been asked and has not done yet. Days are those of the person who is away.
 */
export async function standInsNow(trx: Trx, workspaceId: string, now: Date): Promise<StandIn[]> {
  const { absences, asked } = await standInsAround(trx, workspaceId, [now.getTime()]);
  return [
    ...absences
      .filter((one) => {
        const { date } = toLocal(now.getTime(), one.time_zone);
        return one.first_day <= date && date <= one.last_day;
      })
      .map((one) => ({ awayId: one.member_id, standInId: one.stand_in_id })),
    ...asked
      .filter((one) => one.due_at <= now)
      .map((one) => ({ awayId: one.asked_id, standInId: one.stand_in_id })),
  ];
}

/** All that may say who stands in at one of these moments. */
const standInsAround = merged(async (trx, workspaceId, moments: readonly number[]) => {
  const earliest = toLocal(Math.min(...moments), 'UTC').date;
  const latest = toLocal(Math.max(...moments), 'UTC').date;
  const absences = sql<{
    member_id: string;
    stand_in_id: string;
    first_day: string;
    last_day: string;
    time_zone: string;
  }>`
    select a.member_id, a.stand_in_id, a.first_day, a.last_day, m.time_zone
    from absence a join member m on m.workspace_id = a.workspace_id and m.user_id = a.member_id
    where a.workspace_id = ${workspaceId} and a.withdrawn_at is null and a.stand_in_id is not null
      and a.first_day <= ${addDays(latest, 1)}::date and a.last_day >= ${addDays(earliest, -1)}::date`;
  const asked = sql<{ asked_id: string; stand_in_id: string; due_at: Date }>`
    select asked_id, stand_in_id, min(due_at) as due_at from occurrence
    where workspace_id = ${workspaceId} and state in ('planned', 'due') and stand_in_id is not null
      and due_at <= ${new Date(Math.max(...moments))}
      -- Of a check-in it is the rep who is asked, and the manager who is stood in for.
      and asked_id <> about_id
    group by asked_id, stand_in_id`;
  const [away, askedInstead] = await together([
    askTogether(trx, absences, {}),
    askTogether(trx, asked, { due_at: 'instant' }),
  ]);
  return { absences: away, asked: askedInstead };
});

export interface AbsenceRow {
  id: string;
  memberId: string;
  firstDay: string;
  lastDay: string;
  standInId: string | null;
  standInName: string | null;
  source: AbsenceSource;
}

/** The absences of a person that are not over by a date, the first one first. */
export async function absencesFrom(
  trx: Trx,
  workspaceId: string,
  memberId: string,
  from: string,
): Promise<AbsenceRow[]> {
  const rows = await trx
    .selectFrom('absence')
    .leftJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'absence.workspace_id')
        .onRef('member.user_id', '=', 'absence.stand_in_id'),
    )
    .selectAll('absence')
    .select('member.name')
    .where('absence.workspace_id', '=', workspaceId)
    .where('absence.member_id', '=', memberId)
    .where('absence.withdrawn_at', 'is', null)
    .where('absence.last_day', '>=', from)
    .orderBy('absence.first_day')
    .execute();
  return rows.map((row) => ({
    id: row.absence_id,
    memberId: row.member_id,
    firstDay: row.first_day,
    lastDay: row.last_day,
    standInId: row.stand_in_id,
    standInName: row.name,
    source: row.source,
  }));
}

/** The same of several, only when: who of them is away is a question of each one's own day. */
export async function absencesOf(
  trx: Trx,
  workspaceId: string,
  memberIds: readonly string[],
  from: string,
): Promise<Pick<AbsenceRow, 'memberId' | 'firstDay' | 'lastDay'>[]> {
  const rows = await trx
    .selectFrom('absence')
    .select(['member_id', 'first_day', 'last_day'])
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`member_id = any (${[...memberIds]}::text[])`)
    .where('withdrawn_at', 'is', null)
    .where('last_day', '>=', from)
    .orderBy('first_day')
    .execute();
  return rows.map((row) => ({ memberId: row.member_id, firstDay: row.first_day, lastDay: row.last_day }));
}

export async function insertAbsence(
  trx: Trx,
  workspaceId: string,
  one: Omit<AbsenceRow, 'standInName'> & { setBy: string; at: Date },
): Promise<void> {
  await trx
    .insertInto('absence')
    .values({
      workspace_id: workspaceId,
      absence_id: one.id,
      member_id: one.memberId,
      first_day: one.firstDay,
      last_day: one.lastDay,
      stand_in_id: one.standInId,
      source: one.source,
      set_by: one.setBy,
      set_at: one.at,
      withdrawn_at: null,
    })
    .execute();
}

/** Says whether it was still there to be withdrawn. */
export async function withdrawAbsence(
  trx: Trx,
  workspaceId: string,
  which: { id: string; memberId: string },
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('absence')
    .set({ withdrawn_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('absence_id', '=', which.id)
    .where('member_id', '=', which.memberId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * What is planned of a person, whether they are asked, it is about them, or they stand in, is planned anew; what
 * has not been planned yet will know of the absence anyway.
 */
export async function planAnewFor(trx: Trx, workspaceId: string, memberId: string, now: Date): Promise<void> {
  // Locked in the order in which whoever records a message does.
  const { rows } = await sql<{ occurrence_id: string }>`
    with theirs as (
      select o.occurrence_id from occurrence o
      where o.workspace_id = ${workspaceId} and o.state in ('planned', 'due')
        and o.due_at <= ${new Date(now.getTime() + planAhead)} and o.closes_at > ${now}
        and (o.asked_id = ${memberId} or o.about_id = ${memberId} or o.stand_in_id = ${memberId}
          or o.about_id in (
            select rep_id from reporting r
            where r.workspace_id = ${workspaceId} and r.manager_id = ${memberId} and r.until is null))
      order by o.occurrence_id
      for no key update of o
    )
    update occurrence o set ask_at = ${now} from theirs
    where o.workspace_id = ${workspaceId} and o.occurrence_id = theirs.occurrence_id
    returning o.occurrence_id`.execute(trx);
  const ids = rows.map((row) => row.occurrence_id);
  await forgetUnsent(trx, workspaceId, ids);
  await markMessagesShowing(
    trx,
    ids.map((id) => ({ workspaceId, id })),
  );
}

/** Notes that wait on a person's cards after a moment, taken off them, for an earlier card to carry. */
export async function takeWaitingNotes(
  trx: Trx,
  workspaceId: string,
  memberId: string,
  after: Date,
): Promise<string[]> {
  const { rows } = await sql<{ note_id: string }>`
    delete from delivery_note link using delivery d
    where link.workspace_id = ${workspaceId} and d.workspace_id = link.workspace_id
      and d.delivery_id = link.delivery_id and d.receiver_id = ${memberId} and d.state = 'pending'
      and d.due_at > ${after}
    returning link.note_id`.execute(trx);
  return rows.map((row) => row.note_id);
}
