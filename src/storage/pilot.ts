import { sql } from 'kysely';
import { statesBefore } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';
import { markMessagesShowing } from './messages.ts';

/** These take part, too, while only a pilot group does; says who of them did not before. */
export async function addToPilot(
  trx: Trx,
  workspaceId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  if (memberIds.length === 0) return [];
  const rows = await trx
    .updateTable('member')
    .set({ in_pilot: true })
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`user_id = any (${[...memberIds]}::text[])`)
    .where('in_pilot', '=', false)
    .returning('user_id')
    .execute();
  return rows.map((row) => row.user_id);
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
    with open as (
      select o.occurrence_id from occurrence o join cadence c using (workspace_id, cadence_id)
      where o.workspace_id = ${workspaceId} and c.rule is not null
        and o.asked_id = any (${[...memberIds]}::text[]) and o.state = any (${statesBefore('excused')}::text[])
      order by o.occurrence_id
      for no key update of o
    )
    update occurrence o set state = 'excused', reason = 'left_pilot', settled_at = ${at}, ask_at = null from open
    where o.workspace_id = ${workspaceId} and o.occurrence_id = open.occurrence_id
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
    with open as (
      select occurrence_id from occurrence
      where workspace_id = ${workspaceId} and state in ('planned', 'due') and ask_at is null and closes_at > ${at}
        and (asked_id = any (${[...memberIds]}::text[]) or about_id = any (${[...memberIds]}::text[]))
      order by occurrence_id
      for no key update
    )
    update occurrence o set ask_at = ${at} from open
    where o.workspace_id = ${workspaceId} and o.occurrence_id = open.occurrence_id`.execute(trx);
}
