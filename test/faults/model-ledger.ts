import { sql } from 'kysely';
import type { TestDatabase } from '#test/database.ts';

/** One change of one row of the ledger, in the order in which they were made. */
export interface Step {
  seq: number;
  what: 'delivery' | 'occurrence';
  id: string;
  before: Side | null;
  after: Side | null;
}

/** What the model looks at in a row. Instants are epoch milliseconds. */
export interface Side {
  state: string;
  name: string;
  fence: number | null;
  key: string | null;
  /** When the latest intent was formed; of an occurrence, when it falls due. */
  at: number | null;
}

const side = (row: 'old' | 'new', what: Step['what']): string =>
  what === 'delivery'
    ? `jsonb_build_object('state', ${row}.state, 'name', ${row}.key, 'fence', ${row}.fence, 'key', ${row}.post_key,
         'at', extract(epoch from ${row}.intent_at) * 1000)`
    : `jsonb_build_object('state', ${row}.state, 'name', ${row}.cadence_id || ' ' || ${row}.period, 'fence', null,
         'key', null, 'at', extract(epoch from ${row}.due_at) * 1000)`;

/** With the owner's rights: the roles of the product know nothing of the table. */
export async function keepSteps({ owner }: TestDatabase): Promise<void> {
  await sql`
    create table model_step (seq bigserial, what text not null, id uuid not null, before jsonb, after jsonb)`.execute(
    owner,
  );
  for (const what of ['delivery', 'occurrence'] as const) {
    await sql
      .raw(`
        create function keep_${what}_step() returns trigger language plpgsql security definer as $$
        begin
          insert into model_step (what, id, before, after) values ('${what}',
            case when tg_op = 'DELETE' then old.${what}_id else new.${what}_id end,
            case when tg_op = 'INSERT' then null else ${side('old', what)} end,
            case when tg_op = 'DELETE' then null else ${side('new', what)} end);
          return null;
        end $$;
        create trigger keep_${what}_step after insert or update or delete on ${what}
          for each row execute function keep_${what}_step()`)
      .execute(owner);
  }
}

export async function takeSteps({ owner }: TestDatabase): Promise<Step[]> {
  const { rows } = await sql<Step>`
    with taken as (delete from model_step returning seq, what, id, before, after)
    select * from taken order by seq`.execute(owner);
  return rows;
}

export interface DeliveryNow {
  id: string;
  key: string;
  kind: string;
  receiverId: string;
  state: string;
  dueAt: number;
  begunAt: number | null;
  settledAt: number | null;
  answer: string | null;
  occurrences: string[];
  message: { channel: string; ts: string } | null;
  editState: string | null;
}

export interface OccurrenceNow {
  id: string;
  kind: string;
  cadenceId: string;
  period: string;
  askedId: string;
  aboutId: string;
  standInId: string | null;
  dueAt: number;
  closesAt: number;
  state: string;
  reason: string | null;
  settledAt: number | null;
}

const millis = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);

export async function deliveriesNow({ owner }: TestDatabase): Promise<DeliveryNow[]> {
  const { rows } = await sql<DeliveryNow>`
    select d.delivery_id as id, d.post_key as key, d.kind, d.receiver_id as "receiverId", d.state,
           ${millis('d.due_at')} as "dueAt", ${millis('d.intent_at')} as "begunAt",
           ${millis('d.settled_at')} as "settledAt", d.last_answer as answer,
           array(select link.occurrence_id::text from delivery_occurrence link
                 where link.delivery_id = d.delivery_id order by 1) as occurrences,
           case when m.ts is null then null else jsonb_build_object('channel', m.channel, 'ts', m.ts) end as message,
           e.state as "editState"
    from delivery d
    left join message m on m.delivery_id = d.delivery_id
    left join edit e on e.message_id = m.message_id
    order by d.due_at, d.key`.execute(owner);
  return rows;
}

export async function occurrencesNow({ owner }: TestDatabase): Promise<OccurrenceNow[]> {
  const { rows } = await sql<OccurrenceNow>`
    select occurrence_id as id, kind, cadence_id as "cadenceId", period, asked_id as "askedId",
           about_id as "aboutId", stand_in_id as "standInId", ${millis('due_at')} as "dueAt",
           ${millis('closes_at')} as "closesAt", state, reason, ${millis('settled_at')} as "settledAt"
    from occurrence order by due_at, cadence_id`.execute(owner);
  return rows;
}

/** When the next message falls due. */
export async function nextMessage({ owner }: TestDatabase, now: number): Promise<number | undefined> {
  const { rows } = await sql<{ at: number | null }>`
    select ${millis('min(due_at)')} as at from delivery where state = 'pending' and due_at > ${new Date(now)}`.execute(
    owner,
  );
  return rows[0]?.at ?? undefined;
}
