import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { DeliveryState } from '#domain/delivery.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedWhole } from './merged.ts';
import type { DigestTable } from './schema/digest.ts';

/** Where the weekly digest goes, and how that stands. */
export interface DigestChoice {
  channel: string | null;
  zone: string;
  nextDueAt: Date | null;
  /** Slack's word, where it takes no post there any more. */
  trouble: { answer: string; deliveryId: string } | null;
  setBy: string;
  setAt: Date;
}

const asChoice = (row: Selectable<DigestTable>): DigestChoice => ({
  channel: row.channel,
  zone: row.zone,
  nextDueAt: row.next_due_at,
  trouble:
    row.trouble === null || row.trouble_delivery_id === null
      ? null
      : { answer: row.trouble, deliveryId: row.trouble_delivery_id },
  setBy: row.set_by,
  setAt: row.set_at,
});

export const findDigest = mergedWhole(async (trx, workspaceId): Promise<DigestChoice | undefined> => {
  const query = trx.selectFrom('digest').selectAll().where('workspace_id', '=', workspaceId);
  const [row] = await askTogether(trx, query, { next_due_at: 'instant', set_at: 'instant' });
  return row && asChoice(row);
});

/** The same, locked until the transaction ends. */
export async function lockDigest(trx: Trx, workspaceId: string): Promise<DigestChoice | undefined> {
  const row = await trx
    .selectFrom('digest')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .forUpdate()
    .executeTakeFirst();
  return row && asChoice(row);
}

/** Whatever trouble there was belongs to what was chosen before. */
export async function saveDigest(
  trx: Trx,
  workspaceId: string,
  chosen: { channel: string | null; zone: string; setBy: string; setAt: Date },
): Promise<void> {
  const values = {
    channel: chosen.channel,
    zone: chosen.zone,
    next_due_at: null,
    trouble: null,
    trouble_delivery_id: null,
    set_by: chosen.setBy,
    set_at: chosen.setAt,
  };
  await trx
    .insertInto('digest')
    .values({ workspace_id: workspaceId, ...values })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values))
    .execute();
}

export async function setNextDigest(trx: Trx, workspaceId: string, nextDueAt: Date | null): Promise<void> {
  await trx
    .updateTable('digest')
    .set({ next_due_at: nextDueAt })
    .where('workspace_id', '=', workspaceId)
    .execute();
}

/** Nothing more is posted there until somebody chooses again. Says whether that channel is the one in use. */
export async function stopDigest(
  trx: Trx,
  workspaceId: string,
  trouble: { channel: string; answer: string; deliveryId: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('digest')
    .set({ next_due_at: null, trouble: trouble.answer, trouble_delivery_id: trouble.deliveryId })
    .where('workspace_id', '=', workspaceId)
    .where('channel', '=', trouble.channel)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface DueDigest {
  workspaceId: string;
  channel: string;
  zone: string;
  dueAt: Date;
}

/** Across workspaces that run: locks those whose time has come; other planners skip them. */
export async function claimDueDigests(trx: Trx, now: Date, limit: number): Promise<DueDigest[]> {
  const { rows } = await sql<{ workspace_id: string; channel: string; zone: string; next_due_at: Date }>`
    select d.workspace_id, d.channel, d.zone, d.next_due_at
    from digest d join workspace w using (workspace_id)
    where d.next_due_at <= ${now} and w.started_at is not null and w.paused_at is null
      and w.ended_at is null
    order by d.next_due_at limit ${limit}
    for update of d skip locked`.execute(trx);
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    channel: row.channel,
    zone: row.zone,
    dueAt: row.next_due_at,
  }));
}

/** Whether a digest of this key has gone out, or may have, or is about to: one that was dropped has not. */
export async function isDigestTaken(trx: Trx, workspaceId: string, key: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from delivery
    where workspace_id = ${workspaceId} and (key = ${key} or starts_with(key, ${`${key}/`}))
      and state <> 'dropped' limit 1`.execute(trx);
  return rows.length > 0;
}

/**
 * Plans the post of a week to a channel, unless there is one. The row of the digest is locked, so that nobody else
 * does at the same time; after one that was dropped, which is certainly not there, another may be tried.
 */
export async function planDigestPost(
  trx: Trx,
  one: { workspaceId: string; channel: string; key: string; dueAt: Date },
): Promise<void> {
  if (await isDigestTaken(trx, one.workspaceId, one.key)) return;
  await sql`
    insert into delivery (workspace_id, delivery_id, post_key, kind, key, target_channel, due_at, state)
    select ${one.workspaceId}, ${randomUUID()}, ${randomUUID()}, 'digest',
           ${one.key}::text || case when count(*) = 0 then '' else '/' || (count(*) + 1) end,
           ${one.channel}, ${one.dueAt}, 'pending'
    from delivery
    where workspace_id = ${one.workspaceId} and (key = ${one.key} or starts_with(key, ${`${one.key}/`}))
    on conflict (workspace_id, key) do nothing`.execute(trx);
}

/** What is planned and not begun for any other channel is wanted there no more. */
export async function dropDigestsElsewhere(
  trx: Trx,
  workspaceId: string,
  channel: string | null,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({ state: 'dropped', reason: 'other_channel_chosen', settled_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'digest')
    .where('state', '=', 'pending')
    .$if(channel !== null, (query) => query.where('target_channel', '<>', channel))
    .execute();
}

export interface DigestPost {
  channel: string;
  dueAt: Date;
  state: DeliveryState;
  reason: string | null;
  settledAt: Date | null;
}

/** The latest that was planned, whatever became of it. */
export async function latestDigestPost(trx: Trx, workspaceId: string): Promise<DigestPost | undefined> {
  const row = await trx
    .selectFrom('delivery')
    .select(['target_channel', 'due_at', 'state', 'reason', 'settled_at'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'digest')
    .orderBy('due_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      channel: row.target_channel ?? '',
      dueAt: row.due_at,
      state: row.state,
      reason: row.reason,
      settledAt: row.settled_at,
    }
  );
}

export async function dueOfDelivery(trx: Trx, workspaceId: string, deliveryId: string): Promise<Date> {
  const row = await trx
    .selectFrom('delivery')
    .select('due_at')
    .where('workspace_id', '=', workspaceId)
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirstOrThrow();
  return row.due_at;
}

/** In which weeks are counted. */
export async function digestZoneOf(trx: Trx, workspaceId: string): Promise<string> {
  const digest = await findDigest(trx, workspaceId);
  if (digest === undefined) throw new Error('a digest is posted that nobody chose');
  return digest.zone;
}
