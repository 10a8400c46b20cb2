import { type Selectable, sql } from 'kysely';
import type { Pillar } from '#domain/pillar.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedRows } from './merged.ts';
import type { PracticeAssignmentTable } from './schema/practice-assignment.ts';

/** What is asked of a rep, in the words it was assigned in. */
export interface PracticeWords {
  pillar: Pillar | null;
  itemId: string | null;
  title: string;
  situation: string | null;
  task: string;
  question: string | null;
}

export interface PracticeAssignment extends PracticeWords {
  id: string;
  repId: string;
  why: string | null;
  assignedBy: string;
  assignedAt: Date;
  firstDueOn: string;
  masteredAt: Date | null;
  ended: { as: 'retired' | 'withdrawn'; at: Date; by: string } | null;
  broughtBackAt: Date | null;
}

const asAssignment = (row: Selectable<PracticeAssignmentTable>): PracticeAssignment => ({
  id: row.assignment_id,
  repId: row.rep_id,
  pillar: row.pillar,
  itemId: row.item_id,
  title: row.title,
  situation: row.situation,
  task: row.task,
  question: row.question,
  why: row.why,
  assignedBy: row.assigned_by,
  assignedAt: row.assigned_at,
  firstDueOn: row.first_due_on,
  masteredAt: row.mastered_at,
  ended:
    row.ended_as === null || row.ended_at === null || row.ended_by === null
      ? null
      : { as: row.ended_as, at: row.ended_at, by: row.ended_by },
  broughtBackAt: row.brought_back_at,
});

export const isCurrent = ({ ended, masteredAt }: PracticeAssignment): boolean =>
  ended === null && masteredAt === null;

/** Which of these have been given something to practise, ever. */
export async function repsWithPractice(
  trx: Trx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<string[]> {
  if (repIds.length === 0) return [];
  const rows = await trx
    .selectFrom('practice_assignment')
    .select('rep_id')
    .distinct()
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`rep_id = any (${[...repIds]}::text[])`)
    .orderBy('rep_id')
    .execute();
  return rows.map((row) => row.rep_id);
}

/**
 * Whoever changes what a rep practises takes turns until the transaction ends, and holds the open occurrences in
 * the order in which others lock them.
 */
export async function lockPractice(trx: Trx, workspaceId: string, repId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('practice'), hashtext(${`${workspaceId} ${repId}`}))`.execute(
    trx,
  );
  await sql`
    select 1 from occurrence o
    where o.workspace_id = ${workspaceId} and o.about_id = ${repId} and o.kind = 'practice'
      and o.state in ('planned', 'due')
    order by o.occurrence_id
    for no key update`.execute(trx);
}

export async function insertAssignment(
  trx: Trx,
  workspaceId: string,
  one: Omit<PracticeAssignment, 'masteredAt' | 'ended' | 'broughtBackAt'>,
): Promise<void> {
  await trx
    .insertInto('practice_assignment')
    .values({
      workspace_id: workspaceId,
      assignment_id: one.id,
      rep_id: one.repId,
      pillar: one.pillar,
      item_id: one.itemId,
      title: one.title,
      situation: one.situation,
      task: one.task,
      question: one.question,
      why: one.why,
      assigned_by: one.assignedBy,
      assigned_at: one.assignedAt,
      first_due_on: one.firstDueOn,
      mastered_at: null,
      ended_at: null,
      ended_by: null,
      ended_as: null,
      brought_back_at: null,
      follow_up_at: null,
    })
    .execute();
}

/** A correction of the form it was assigned with. */
export async function rewriteAssignment(
  trx: Trx,
  workspaceId: string,
  assignmentId: string,
  to: PracticeWords & { why: string | null; firstDueOn: string },
): Promise<void> {
  await trx
    .updateTable('practice_assignment')
    .set({
      pillar: to.pillar,
      item_id: to.itemId,
      title: to.title,
      situation: to.situation,
      task: to.task,
      question: to.question,
      why: to.why,
      first_due_on: to.firstDueOn,
    })
    .where('workspace_id', '=', workspaceId)
    .where('assignment_id', '=', assignmentId)
    .execute();
}

export async function findAssignment(
  trx: Trx,
  workspaceId: string,
  assignmentId: string,
): Promise<PracticeAssignment | undefined> {
  const row = await trx
    .selectFrom('practice_assignment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('assignment_id', '=', assignmentId)
    .executeTakeFirst();
  return row && asAssignment(row);
}

const instants = {
  assigned_at: 'instant',
  mastered_at: 'instant',
  ended_at: 'instant',
  brought_back_at: 'instant',
  follow_up_at: 'instant',
} as const;

export const assignmentsByIds = mergedRows<PracticeAssignment>(
  async (trx, workspaceId, assignmentIds) => {
    const query = trx
      .selectFrom('practice_assignment')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('assignment_id', 'in', [...assignmentIds]);
    return (await askTogether(trx, query, instants)).map(asAssignment);
  },
  (one) => one.id,
);

/** In the order in which they were assigned. */
export async function assignmentsOf(
  trx: Trx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<PracticeAssignment[]> {
  if (repIds.length === 0) return [];
  const rows = await trx
    .selectFrom('practice_assignment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('rep_id', 'in', [...repIds])
    .orderBy('assigned_at')
    .orderBy('assignment_id')
    .execute();
  return rows.map(asAssignment);
}

export async function setMastered(
  trx: Trx,
  workspaceId: string,
  assignmentId: string,
  at: Date | null,
): Promise<void> {
  await trx
    .updateTable('practice_assignment')
    .set({ mastered_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('assignment_id', '=', assignmentId)
    .execute();
}

export async function setEnded(
  trx: Trx,
  workspaceId: string,
  assignmentId: string,
  ended: { as: 'retired' | 'withdrawn'; at: Date; by: string },
): Promise<void> {
  await trx
    .updateTable('practice_assignment')
    .set({ ended_at: ended.at, ended_by: ended.by, ended_as: ended.as })
    .where('workspace_id', '=', workspaceId)
    .where('assignment_id', '=', assignmentId)
    .execute();
}

/** `recount`: what was correct so far no longer counts towards mastering it. */
export async function setBroughtBack(
  trx: Trx,
  workspaceId: string,
  assignmentId: string,
  { at, recount }: { at: Date; recount: boolean },
): Promise<void> {
  await trx
    .updateTable('practice_assignment')
    .set({
      ended_at: null,
      ended_by: null,
      ended_as: null,
      mastered_at: null,
      ...(recount ? { brought_back_at: at } : {}),
    })
    .where('workspace_id', '=', workspaceId)
    .where('assignment_id', '=', assignmentId)
    .execute();
}

/** When to look again whether each was answered; null for never. */
export async function setFollowUps(
  trx: Trx,
  workspaceId: string,
  followUps: readonly { id: string; at: Date | null }[],
): Promise<void> {
  const values = followUps.map((one) => ({ a: one.id, t: one.at }));
  await sql`
    update practice_assignment p set follow_up_at = s.t
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(a uuid, t timestamptz)
    where p.workspace_id = ${workspaceId} and p.assignment_id = s.a
      and p.follow_up_at is distinct from s.t`.execute(trx);
}

/** Across workspaces: whose practice is to be looked at by now. */
export async function repsToFollowUp(
  trx: Trx,
  now: Date,
  limit: number,
): Promise<{ workspaceId: string; repId: string }[]> {
  const { rows } = await sql<{ workspace_id: string; rep_id: string }>`
    select distinct workspace_id, rep_id from (
      select workspace_id, rep_id from practice_assignment
      where follow_up_at <= ${now} order by follow_up_at limit ${limit}
    ) due`.execute(trx);
  return rows.map((row) => ({ workspaceId: row.workspace_id, repId: row.rep_id }));
}
