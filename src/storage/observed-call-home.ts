import type { Trx } from './database.ts';

/** What somebody wrote after calls lately, the newest first: to be looked at again, or changed. */
export async function writtenBy(
  trx: Trx,
  workspaceId: string,
  observerId: string,
  most: number,
  since: Date,
): Promise<{ debriefId: string; repName: string; account: string; heldOn: string; answered: boolean }[]> {
  const rows = await trx
    .selectFrom('debrief')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'debrief.workspace_id')
        .onRef('member.user_id', '=', 'debrief.rep_id'),
    )
    .select([
      'debrief.debrief_id',
      'member.name',
      'debrief.account',
      'debrief.held_on',
      'debrief.answered_at',
    ])
    .where('debrief.workspace_id', '=', workspaceId)
    .where('debrief.observer_id', '=', observerId)
    .where('debrief.withdrawn_at', 'is', null)
    .where('debrief.logged_at', '>=', since)
    .orderBy('debrief.logged_at', 'desc')
    .orderBy('debrief.debrief_id')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    debriefId: row.debrief_id,
    repName: row.name,
    account: row.account,
    heldOn: row.held_on,
    answered: row.answered_at !== null,
  }));
}

/** The months in which a live call of these reps is still asked of somebody, as far as they have begun by an instant. */
export async function openObservations(
  trx: Trx,
  workspaceId: string,
  { askedId, repIds, until }: { askedId: string; repIds: readonly string[]; until: Date },
): Promise<{ repId: string; period: string }[]> {
  const rows = await trx
    .selectFrom('occurrence')
    .select(['about_id', 'period'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'observed_call')
    .where('state', 'in', ['planned', 'due'])
    .where('due_at', '<', until)
    .where('about_id', 'in', [...repIds])
    .where((eb) => eb(eb.fn.coalesce('stand_in_id', 'asked_id'), '=', askedId))
    .execute();
  return rows.map((row) => ({ repId: row.about_id, period: row.period }));
}
