import { sql } from 'kysely';
import { type Calls, countCalls, type MethodLimits, roomFor } from '#domain/slack-limits.ts';
import type { Trx } from './database.ts';

export async function blockMethod(
  trx: Trx,
  workspaceId: string,
  method: string,
  until: Date,
  reason: string,
): Promise<void> {
  await sql`
    insert into slack_limit (workspace_id, method, blocked_until, reason)
    values (${workspaceId}, ${method}, ${until}, ${reason})
    on conflict (workspace_id, method) do update
      set blocked_until = greatest(slack_limit.blocked_until, excluded.blocked_until), reason = excluded.reason`.execute(
    trx,
  );
}

/** How often a method may be called now. Whoever asks holds the count until their transaction ends. */
export interface Allowance {
  calls: number;
  /** Where that is none: when it will be more. */
  again: Date | undefined;
  /** Counts what is going to be called; to be said before the transaction ends. */
  use(calls: number): Promise<void>;
}

/** All processes of all kinds share the count. */
export async function allowanceOf(
  trx: Trx,
  workspaceId: string,
  method: string,
  limits: MethodLimits,
  machineNow: Date,
): Promise<Allowance> {
  const row = (await lockedCount(trx, workspaceId, method)) ?? (await beginCount(trx, workspaceId, method));
  const now = machineNow.getTime();
  const blockedUntil = row?.blocked_until ?? null;
  if (blockedUntil !== null && blockedUntil.getTime() > now) {
    return { calls: 0, again: blockedUntil, use: async () => {} };
  }
  const room = roomFor(limits[method], row?.calls ?? [], now);
  return {
    calls: room.calls,
    again: room.again === undefined ? undefined : new Date(room.again),
    async use(calls) {
      if (calls === 0 || limits[method] === undefined) return;
      await trx
        .updateTable('slack_limit')
        .set({ calls: JSON.stringify(countCalls(room.recent, calls, now)) })
        .where('workspace_id', '=', workspaceId)
        .where('method', '=', method)
        .execute();
    },
  };
}

function lockedCount(trx: Trx, workspaceId: string, method: string) {
  return trx
    .selectFrom('slack_limit')
    .select(['blocked_until', 'calls'])
    .where('workspace_id', '=', workspaceId)
    .where('method', '=', method)
    .forUpdate()
    .executeTakeFirst();
}

/** Once for a workspace and method. */
async function beginCount(trx: Trx, workspaceId: string, method: string) {
  await trx
    .insertInto('slack_limit')
    .values({ workspace_id: workspaceId, method })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return lockedCount(trx, workspaceId, method);
}

/** Whether scheduled work has to wait before it may call a method again. */
export async function hasToWait(
  trx: Trx,
  workspaceId: string,
  method: string,
  limits: MethodLimits,
  machineNow: Date,
): Promise<boolean> {
  const row = await trx
    .selectFrom('slack_limit')
    .select(['blocked_until', 'calls'])
    .where('workspace_id', '=', workspaceId)
    .where('method', '=', method)
    .executeTakeFirst();
  if (row === undefined) return false;
  const isBlocked = row.blocked_until !== null && row.blocked_until > machineNow;
  return isBlocked || roomFor(limits[method], row.calls, machineNow.getTime()).calls === 0;
}

/** Calls that have been made without asking before, or whose number was not known then. */
export async function noteCalls(
  trx: Trx,
  workspaceId: string,
  method: string,
  calls: number,
  machineNow: Date,
): Promise<void> {
  if (calls === 0) return;
  const row = (await lockedCount(trx, workspaceId, method)) ?? (await beginCount(trx, workspaceId, method));
  const { recent } = roomFor(0, row?.calls ?? [], machineNow.getTime());
  const counted: Calls[] = countCalls(recent, calls, machineNow.getTime());
  await trx
    .updateTable('slack_limit')
    .set({ calls: JSON.stringify(counted) })
    .where('workspace_id', '=', workspaceId)
    .where('method', '=', method)
    .execute();
}
