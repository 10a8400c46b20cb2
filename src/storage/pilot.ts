import { sql } from 'kysely';
import { statesBefore } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';
import { markMessagesShowing } from './messages.ts';

/** These take part, too, while only a pilot group does. */
export async function addToPilot(trx: Trx, workspaceId: string, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length === 0) return;
  await trx
    .updateTable('member')
    .set({ in_pilot: true })
    .where('workspace_id', '=', workspaceId)
    .where('user_id', 'in', [...memberIds])
    .execute();
}

/** These are asked nothing by rule any more until they take part again; what is open of it is excused. */
export async function restRulesOf(
  trx: Trx,
  workspaceId: string,
  memberIds: readonly string[],
  at: Date,
): Promise<void> {
  if (memberIds.length === 0) return;
  await sql`
    update cadence set plan_at = null, next_due_at = null, next_period = null
    where workspace_id = ${workspaceId} and asked_id = any (${[...memberIds]}::text[])
      and rule is not null and ended_at is null`.execute(trx);
  const { rows } = await sql<{ occurrence_id: string }>`
    update occurrence o set state = 'excused', reason = 'left_pilot', settled_at = ${at}
    from cadence c
    where o.workspace_id = ${workspaceId} and c.workspace_id = o.workspace_id and c.cadence_id = o.cadence_id
      and c.rule is not null and o.asked_id = any (${[...memberIds]}::text[])
      and o.state = any (${statesBefore('excused')}::text[])
    returning o.occurrence_id`.execute(trx);
  await markMessagesShowing(
    trx,
    rows.map((row) => ({ workspaceId, id: row.occurrence_id })),
  );
}

/** What is open and concerns these is asked anew: while they took no part, its messages were dropped. */
export async function askAgainOf(
  trx: Trx,
  workspaceId: string,
  memberIds: readonly string[],
  at: Date,
): Promise<void> {
  if (memberIds.length === 0) return;
  await sql`
    update occurrence set ask_at = ${at}
    where workspace_id = ${workspaceId} and state in ('planned', 'due') and ask_at is null and closes_at > ${at}
      and (asked_id = any (${[...memberIds]}::text[]) or about_id = any (${[...memberIds]}::text[]))`.execute(
    trx,
  );
}
