import { sql } from 'kysely';
import { type DeliveryKind, type DeliveryState, deliveryStatesBefore } from '#domain/delivery.ts';
import type { MemberStatus } from '#domain/people.ts';
import type { Trx } from './database.ts';
import { hasWaited } from './waited.ts';
import { endedIds } from './workspaces.ts';

export interface DeliveryToPlan {
  workspaceId: string;
  id: string;
  postKey: string;
  kind: DeliveryKind;
  key: string;
  receiverId: string;
  dueAt: Date;
  occurrenceIds: string[];
}

/**
 * Plans messages together with the occurrences they carry. A message of the same key that has not gone out
 * yet takes the new rows along and waits for the later moment; one that has gone out is left alone, and what
 * so found no message is returned.
 */
export async function planDeliveries(trx: Trx, planned: DeliveryToPlan[]): Promise<DeliveryToPlan[]> {
  // In one order, whoever plans: two planners that met on two messages would each wait for the other.
  const inOrder = planned.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const values = inOrder.map((one) => ({
    w: one.workspaceId,
    d: one.id,
    pk: one.postKey,
    k: one.kind,
    key: one.key,
    r: one.receiverId,
    due: one.dueAt,
  }));
  const kept = await sql<{ workspace_id: string; key: string; delivery_id: string }>`
    insert into delivery (workspace_id, delivery_id, post_key, kind, key, receiver_id, due_at, state)
    select w, d, pk, k, key, r, due, 'pending'
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as s(w text, d uuid, pk uuid, k text, key text, r text, due timestamptz)
    on conflict (workspace_id, key) do update set due_at = greatest(delivery.due_at, excluded.due_at)
      where delivery.state = 'pending'
    returning workspace_id, key, delivery_id`.execute(trx);
  const idByName = new Map(
    kept.rows.map((row) => [nameOf({ workspaceId: row.workspace_id, key: row.key }), row.delivery_id]),
  );

  const links: { w: string; d: string; o: string }[] = [];
  const left: DeliveryToPlan[] = [];
  for (const one of planned) {
    const deliveryId = idByName.get(nameOf(one));
    if (deliveryId === undefined) left.push(one);
    else links.push(...one.occurrenceIds.map((o) => ({ w: one.workspaceId, d: deliveryId, o })));
  }
  await sql`
    insert into delivery_occurrence (workspace_id, delivery_id, occurrence_id)
    select w, d, o from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as s(w text, d uuid, o uuid)
    on conflict do nothing`.execute(trx);
  return left;
}

const nameOf = (one: { workspaceId: string; key: string }): string => `${one.workspaceId} ${one.key}`;

export interface DueDelivery {
  id: string;
  kind: DeliveryKind;
  postKey: string;
  /** A person, or else a channel. */
  to: { receiverId: string; status: MemberStatus; dmChannel: string | null } | { channel: string };
  dueAt: Date;
  fence: number;
  attempts: number;
  lastAnswer: string | null;
  /** Its blocks were refused. */
  asText: boolean;
}

/**
 * Locks what can go out now: what is due, does not wait to be tried again, and has a conversation to go to.
 * What has none yet waits for it; what its receiver may not get is taken too, to be dropped. Asked for each batch
 * whether the workspace runs: somebody may have paused it while a long wave goes out.
 */
export async function lockDueDeliveries(
  trx: Trx,
  workspaceId: string,
  now: { business: Date; machine: Date },
  limit: number,
): Promise<DueDelivery[]> {
  const rows = await trx
    .selectFrom('delivery')
    .innerJoin('workspace', 'workspace.workspace_id', 'delivery.workspace_id')
    .leftJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'delivery.workspace_id')
        .onRef('member.user_id', '=', 'delivery.receiver_id'),
    )
    .select([
      'delivery.delivery_id',
      'delivery.kind',
      'delivery.post_key',
      'delivery.receiver_id',
      'delivery.target_channel',
      'delivery.due_at',
      'delivery.fence',
      'delivery.attempts',
      'delivery.last_answer',
      'delivery.as_text',
      'member.status',
      'member.dm_channel',
    ])
    .where('delivery.workspace_id', '=', workspaceId)
    .where('workspace.started_at', 'is not', null)
    .where('workspace.paused_at', 'is', null)
    .where('delivery.state', '=', 'pending')
    .where('delivery.due_at', '<=', now.business)
    .where(hasWaited('delivery.retry_at', now.machine))
    .where((where) =>
      where.or([
        where('delivery.target_channel', 'is not', null),
        where('member.dm_channel', 'is not', null),
        where('member.status', '<>', 'active'),
      ]),
    )
    // What falls due at the same moment has an order of its own too: a wave goes on where it stopped.
    .orderBy('delivery.due_at')
    .orderBy('delivery.delivery_id')
    .limit(limit)
    .forUpdate('delivery')
    .skipLocked()
    .execute();
  return rows.map((row) => ({
    id: row.delivery_id,
    kind: row.kind,
    postKey: row.post_key,
    to: targetOf(row),
    dueAt: row.due_at,
    fence: row.fence,
    attempts: row.attempts,
    lastAnswer: row.last_answer,
    asText: row.as_text,
  }));
}

function targetOf(row: {
  receiver_id: string | null;
  target_channel: string | null;
  status: MemberStatus | null;
  dm_channel: string | null;
}): DueDelivery['to'] {
  if (row.target_channel !== null) return { channel: row.target_channel };
  if (row.receiver_id === null || row.status === null) throw new Error('a delivery is addressed to nobody');
  return { receiverId: row.receiver_id, status: row.status, dmChannel: row.dm_channel };
}

/** The intent, which is committed before the post is begun. The raised fence is the token of this taker. */
export async function recordIntent(
  trx: Trx,
  workspaceId: string,
  intents: { id: string; channel: string; sentOn: string | null }[],
  at: Date,
): Promise<void> {
  if (intents.length === 0) return;
  const values = intents.map((one) => ({ d: one.id, c: one.channel, o: one.sentOn }));
  await sql`
    update delivery
    set state = 'posting', fence = fence + 1, attempts = attempts + 1, intent_at = ${at}, channel = s.c,
        sent_on = s.o, retry_at = null
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(d uuid, c text, o date)
    where delivery.workspace_id = ${workspaceId} and delivery.delivery_id = s.d and delivery.state = 'pending'`.execute(
    trx,
  );
}

/** What became of a delivery; `fence` must still be the one it was taken under. */
export interface Settlement {
  id: string;
  fence: number;
  to: DeliveryState;
  answer: string;
  reason?: string | undefined;
  retryAt?: Date | undefined;
  /** From now on it goes out in words. */
  asText?: true;
  settledAt?: Date | undefined;
}

/** Settles a batch. Returns those that were still their taker's; if not, somebody else has settled them meanwhile. */
export async function settleDeliveries(
  trx: Trx,
  workspaceId: string,
  some: readonly Settlement[],
): Promise<Set<string>> {
  if (some.length === 0) return new Set();
  const values = some.map((one) => ({
    d: one.id,
    f: one.fence,
    before: deliveryStatesBefore(one.to),
    s: one.to,
    a: one.answer,
    r: one.reason,
    retry: one.retryAt,
    words: one.asText === true,
    settled: one.settledAt,
    // What certainly did not go out counts for no budget.
    unsent: one.to === 'pending' || one.to === 'dropped',
  }));
  // Locked in the order of their keys, as the planner takes them: neither is to wait for the other for ever.
  const { rows } = await sql<{ delivery_id: string }>`
    with taken as (
      select delivery_id from delivery
      where workspace_id = ${workspaceId} and delivery_id = any (${some.map((one) => one.id)}::uuid[])
      order by key collate "C"
      for no key update
    )
    update delivery
    set state = o.s, last_answer = o.a, reason = o.r, retry_at = o.retry, settled_at = o.settled,
        as_text = delivery.as_text or o.words, sent_on = case when o.unsent then null else delivery.sent_on end
    from taken join jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as o(d uuid, f int, before text[], s text, a text, r text, retry timestamptz, words boolean,
           settled timestamptz, unsent boolean) on o.d = taken.delivery_id
    where delivery.workspace_id = ${workspaceId} and delivery.delivery_id = taken.delivery_id
      and delivery.fence = o.f and delivery.state = any (o.before)
    returning delivery.delivery_id`.execute(trx);
  return new Set(rows.map((row) => row.delivery_id));
}

/** Across workspaces: where there is something to post, or to look for. */
export async function workspacesWithPosts(
  trx: Trx,
  now: { business: Date; machine: Date },
  quarantineOverSince: Date,
): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    select d.workspace_id from delivery d join workspace w using (workspace_id)
      where d.state = 'pending' and d.due_at <= ${now.business}
        and ${hasWaited('d.retry_at', now.machine)}
        and w.started_at is not null and w.paused_at is null and w.ended_at is null
    union
    select workspace_id from delivery
      where workspace_id not in ${endedIds(trx)} and state in ('posting', 'uncertain') and intent_at <= ${quarantineOverSince}
        and ${hasWaited('retry_at', now.machine)}`.execute(trx);
  return rows.map((row) => row.workspace_id);
}

/** Across workspaces: where a message is out of date. */
export async function workspacesWithEdits(trx: Trx, machineNow: Date): Promise<string[]> {
  const rows = await trx
    .selectFrom('edit')
    .select('workspace_id')
    .distinct()
    .where('state', '=', 'pending')
    .where(hasWaited('retry_at', machineNow))
    .where('workspace_id', 'not in', endedIds(trx))
    .execute();
  return rows.map((row) => row.workspace_id);
}

/** Ends, unposted, deliveries that are locked in this transaction. */
export async function dropLocked(
  trx: Trx,
  workspaceId: string,
  dropped: { id: string; reason: string }[],
  at: Date,
): Promise<void> {
  if (dropped.length === 0) return;
  const values = dropped.map((one) => ({ d: one.id, r: one.reason }));
  await sql`
    update delivery set state = 'dropped', reason = o.r, settled_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as o(d uuid, r text)
    where delivery.workspace_id = ${workspaceId} and delivery.delivery_id = o.d and delivery.state = 'pending'`.execute(
    trx,
  );
}

/** The same for several whose turn has not come: nothing was tried, and nothing is said of them. */
export async function letWait(
  trx: Trx,
  workspaceId: string,
  waiting: readonly { id: string; until: Date }[],
): Promise<void> {
  if (waiting.length === 0) return;
  const values = waiting.map((one) => ({ d: one.id, t: one.until }));
  await sql`
    update delivery set retry_at = s.t
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(d uuid, t timestamptz)
    where delivery.workspace_id = ${workspaceId} and delivery.delivery_id = s.d and delivery.state = 'pending'`.execute(
    trx,
  );
}

/** Leaves a pending delivery alone until an instant of machine time. */
export async function deferDelivery(
  trx: Trx,
  workspaceId: string,
  id: string,
  answer: string,
  retryAt: Date,
): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({ last_answer: answer, retry_at: retryAt })
    .where('workspace_id', '=', workspaceId)
    .where('delivery_id', '=', id)
    .where('state', '=', 'pending')
    .execute();
}
