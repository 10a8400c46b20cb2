import { sql } from 'kysely';
import type { DeliveryKind, DeliveryState } from '#domain/delivery.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';

/** A duty as it is named where a message carries it. */
export interface NamedDuty {
  kind: DutyKind;
  askedId: string;
  aboutId: string;
  aboutName: string;
  dueAt: Date;
}

/** One message to a person as the ledger knows it. */
export interface LedgerDelivery {
  id: string;
  kind: DeliveryKind;
  dueAt: Date;
  state: DeliveryState;
  reason: string | null;
  attempts: number;
  lastAnswer: string | null;
  retryAt: Date | null;
  settledAt: Date | null;
  /** The message it was left to. */
  carrier: { kind: DeliveryKind; dueAt: Date; state: DeliveryState } | null;
  duties: NamedDuty[];
  notes: number;
}

interface DeliveryRow {
  delivery_id: string;
  kind: DeliveryKind;
  due_at: Date;
  state: DeliveryState;
  reason: string | null;
  attempts: number;
  last_answer: string | null;
  retry_at: Date | null;
  settled_at: Date | null;
  carrier_kind: DeliveryKind | null;
  carrier_due_at: Date | null;
  carrier_state: DeliveryState | null;
  notes: number;
}

/** What has been decided, or is due, by now; the latest first. */
export async function deliveriesUpTo(
  trx: Trx,
  workspaceId: string,
  personId: string,
  now: Date,
  limit: number,
): Promise<LedgerDelivery[]> {
  const { rows } = await sql<DeliveryRow>`
    select d.delivery_id, d.kind, d.due_at, d.state, d.reason, d.attempts, d.last_answer, d.retry_at, d.settled_at,
           carrier.kind as carrier_kind, carrier.due_at as carrier_due_at, carrier.state as carrier_state,
           ${noteCount} as notes
    from delivery d
    left join delivery carrier on carrier.workspace_id = d.workspace_id
      and carrier.delivery_id = substring(d.reason from 'carried_by ([0-9a-f-]{36})')::uuid
    where d.workspace_id = ${workspaceId} and d.receiver_id = ${personId} and d.due_at <= ${now}
    order by d.due_at desc, d.delivery_id
    limit ${limit}`.execute(trx);
  return withDuties(trx, workspaceId, rows);
}

/** The next message that has something to say, as it is planned now. */
export async function nextDeliveryTo(
  trx: Trx,
  workspaceId: string,
  personId: string,
  now: Date,
): Promise<LedgerDelivery | undefined> {
  const { rows } = await sql<DeliveryRow>`
    select d.delivery_id, d.kind, d.due_at, d.state, d.reason, d.attempts, d.last_answer, d.retry_at, d.settled_at,
           null as carrier_kind, null as carrier_due_at, null as carrier_state, ${noteCount} as notes
    from delivery d
    where d.workspace_id = ${workspaceId} and d.receiver_id = ${personId} and d.state = 'pending'
      and d.due_at > ${now}
      and (exists (
        select from delivery_occurrence link join occurrence o using (workspace_id, occurrence_id)
        where link.workspace_id = d.workspace_id and link.delivery_id = d.delivery_id
          and o.state in ('planned', 'due')
      ) or exists (
        select from delivery_note link join card_note n using (workspace_id, note_id)
        where link.workspace_id = d.workspace_id and link.delivery_id = d.delivery_id and n.settled_at is null
      ))
    order by d.due_at, d.delivery_id
    limit 1`.execute(trx);
  const [next] = await withDuties(trx, workspaceId, rows);
  return next;
}

const noteCount = sql`(
  select count(*)::int from delivery_note link
  where link.workspace_id = d.workspace_id and link.delivery_id = d.delivery_id
)`;

async function withDuties(
  trx: Trx,
  workspaceId: string,
  deliveries: readonly DeliveryRow[],
): Promise<LedgerDelivery[]> {
  const ids = deliveries.map((row) => row.delivery_id);
  const { rows } = await sql<DutyRow & { delivery_id: string }>`
    select link.delivery_id, o.kind, o.asked_id, o.about_id, about.name as about_name, o.due_at
    from delivery_occurrence link
    join occurrence o using (workspace_id, occurrence_id)
    join member about on about.workspace_id = o.workspace_id and about.user_id = o.about_id
    where link.workspace_id = ${workspaceId} and link.delivery_id = any (${ids}::uuid[])
    order by o.due_at, about.name, o.occurrence_id`.execute(trx);
  const byDelivery = Map.groupBy(rows, (row) => row.delivery_id);
  return deliveries.map((row) => ({
    id: row.delivery_id,
    kind: row.kind,
    dueAt: row.due_at,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    lastAnswer: row.last_answer,
    retryAt: row.retry_at,
    settledAt: row.settled_at,
    carrier:
      row.carrier_kind === null || row.carrier_due_at === null || row.carrier_state === null
        ? null
        : { kind: row.carrier_kind, dueAt: row.carrier_due_at, state: row.carrier_state },
    duties: (byDelivery.get(row.delivery_id) ?? []).map(asDuty),
    notes: row.notes,
  }));
}

interface DutyRow {
  kind: DutyKind;
  asked_id: string;
  about_id: string;
  about_name: string;
  due_at: Date;
}

const asDuty = (row: DutyRow): NamedDuty => ({
  kind: row.kind,
  askedId: row.asked_id,
  aboutId: row.about_id,
  aboutName: row.about_name,
  dueAt: row.due_at,
});

/** What a person would have been asked, and was not, or not as planned. */
export interface LedgerDuty extends NamedDuty {
  closesAt: Date;
  state: 'planned' | 'due' | 'excused';
  reason: string | null;
  settledAt: Date | null;
  snoozedUntil: Date | null;
  standInName: string | null;
}

/** Excused since then, handed to somebody who stands in, or fallen due and still open; the latest first. */
export async function dutiesNotAsked(
  trx: Trx,
  workspaceId: string,
  personId: string,
  { since, now }: { since: Date; now: Date },
  limit: number,
): Promise<LedgerDuty[]> {
  const { rows } = await sql<
    DutyRow & {
      closes_at: Date;
      state: LedgerDuty['state'];
      reason: string | null;
      settled_at: Date | null;
      snoozed_until: Date | null;
      stand_in_name: string | null;
    }
  >`
    select o.kind, o.asked_id, o.about_id, about.name as about_name, o.due_at, o.closes_at, o.state, o.reason,
           o.settled_at, o.snoozed_until, stand_in.name as stand_in_name
    from occurrence o
    join member about on about.workspace_id = o.workspace_id and about.user_id = o.about_id
    left join member stand_in on stand_in.workspace_id = o.workspace_id and stand_in.user_id = o.stand_in_id
    where o.workspace_id = ${workspaceId}
      -- A rep gets the question before the 1:1, which is their manager's to log.
      and (o.asked_id = ${personId} or (o.about_id = ${personId} and o.kind = 'one_on_one'))
      and ((o.state = 'excused' and o.settled_at > ${since} and o.settled_at <= ${now})
        or (o.state in ('planned', 'due') and o.due_at > ${since} and o.due_at <= ${now}))
    order by coalesce(o.settled_at, o.due_at) desc, o.occurrence_id
    limit ${limit}`.execute(trx);
  return rows.map((row) => ({
    ...asDuty(row),
    closesAt: row.closes_at,
    state: row.state,
    reason: row.reason,
    settledAt: row.settled_at,
    snoozedUntil: row.snoozed_until,
    standInName: row.stand_in_name,
  }));
}
