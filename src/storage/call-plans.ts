import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { CallPlanState } from '#domain/observed-call.ts';
import { accountKey } from '#domain/observed-call.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedByKey, mergedRows } from './merged.ts';
import type { CallPlanTable } from './schema/call-plan.ts';

export interface CallPlan {
  id: string;
  repId: string;
  watcherId: string;
  askedByRep: boolean;
  account: string;
  callOn: string;
  lookFor: string | null;
  state: CallPlanState;
  /** The rep's own view. */
  review: { worked: string; moment: string } | null;
}

/** Makes a plan, or finds the open one there is for this call of the rep. */
export async function insertPlan(
  trx: Trx,
  workspaceId: string,
  one: {
    repId: string;
    watcherId: string;
    askedByRep: boolean;
    account: string;
    callOn: string;
    lookFor: string | null;
    state: Extract<CallPlanState, 'asked' | 'planned'>;
    at: Date;
  },
): Promise<{ id: string; isNew: boolean }> {
  const id = randomUUID();
  const { rows } = await sql<{ plan_id: string }>`
    insert into call_plan (workspace_id, plan_id, rep_id, watcher_id, asked_by_rep, account, account_key, call_on,
                           look_for, state, made_at)
    values (${workspaceId}, ${id}, ${one.repId}, ${one.watcherId}, ${one.askedByRep}, ${one.account},
            ${accountKey(one.account)}, ${one.callOn}, ${one.lookFor}, ${one.state}, ${one.at})
    on conflict (workspace_id, rep_id, call_on, account_key) where state in ('asked', 'planned')
      do update set account_key = excluded.account_key
    returning plan_id`.execute(trx);
  const kept = rows[0]?.plan_id ?? id;
  return { id: kept, isNew: kept === id };
}

/** Locked: whoever decides about it decides once. */
export async function lockPlan(trx: Trx, workspaceId: string, planId: string): Promise<CallPlan | undefined> {
  const row = await trx
    .selectFrom('call_plan')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('plan_id', '=', planId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && asPlan(row);
}

const instants = { made_at: 'instant', settled_at: 'instant', reviewed_at: 'instant' } as const;

export const findPlans = mergedByKey<CallPlan>(async (trx, workspaceId, planIds) => {
  const query = trx
    .selectFrom('call_plan')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('plan_id', 'in', [...planIds]);
  const rows = await askTogether(trx, query, instants);
  return new Map(rows.map((row) => [row.plan_id, asPlan(row)]));
});

/** Open requests and plans of these reps, the earliest call first. */
export const openPlansOf = mergedRows<CallPlan>(
  async (trx, workspaceId, repIds) => {
    const query = trx
      .selectFrom('call_plan')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where(sql<boolean>`rep_id = any (${[...repIds]}::text[])`)
      .where('state', 'in', ['asked', 'planned'])
      .orderBy('call_on')
      .orderBy('made_at')
      .orderBy('plan_id');
    return (await askTogether(trx, query, instants)).map(asPlan);
  },
  (one) => one.repId,
);

export async function updatePlan(
  trx: Trx,
  workspaceId: string,
  planId: string,
  { account, callOn }: Pick<CallPlan, 'account' | 'callOn'>,
): Promise<void> {
  await trx
    .updateTable('call_plan')
    .set({ account, account_key: accountKey(account), call_on: callOn })
    .where('workspace_id', '=', workspaceId)
    .where('plan_id', '=', planId)
    .execute();
}

export async function settlePlan(
  trx: Trx,
  workspaceId: string,
  planId: string,
  state: Extract<CallPlanState, 'planned' | 'declined' | 'dropped' | 'watched'>,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('call_plan')
    .set({ state, settled_at: state === 'planned' ? null : at })
    .where('workspace_id', '=', workspaceId)
    .where('plan_id', '=', planId)
    .execute();
}

/** Somebody else is to listen: the rep has another manager now, or a stand-in took it on. */
export async function giveWatcher(
  trx: Trx,
  workspaceId: string,
  planId: string,
  watcherId: string,
): Promise<void> {
  await trx
    .updateTable('call_plan')
    .set({ watcher_id: watcherId })
    .where('workspace_id', '=', workspaceId)
    .where('plan_id', '=', planId)
    .execute();
}

export async function keepReview(
  trx: Trx,
  workspaceId: string,
  planId: string,
  review: { worked: string; moment: string },
  at: Date,
): Promise<void> {
  await trx
    .updateTable('call_plan')
    .set({ review_worked: review.worked, review_moment: review.moment, reviewed_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('plan_id', '=', planId)
    .execute();
}

function asPlan(row: Selectable<CallPlanTable>): CallPlan {
  const { review_worked: worked, review_moment: moment } = row;
  return {
    id: row.plan_id,
    repId: row.rep_id,
    watcherId: row.watcher_id,
    askedByRep: row.asked_by_rep,
    account: row.account,
    callOn: row.call_on,
    lookFor: row.look_for,
    state: row.state,
    review: worked === null || moment === null ? null : { worked, moment },
  };
}
