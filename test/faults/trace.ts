import { sql } from 'kysely';
import type { Database } from '#storage/database.ts';

/** Keeps every state that a delivery takes, beside the product's own tables: to count, and to explain a fault found. */
export async function keepTrace({ owner }: Database): Promise<void> {
  await sql`
    create table fault_trace (
      at timestamptz not null default clock_timestamp(), post_key uuid not null,
      state text not null, fence integer not null, attempts integer not null, answer text
    )`.execute(owner);
  // With the owner's rights: the roles of the product know nothing of the table.
  await sql`
    create function keep_fault_trace() returns trigger language plpgsql security definer as $$
    begin
      insert into fault_trace (post_key, state, fence, attempts, answer)
        values (new.post_key, new.state, new.fence, new.attempts, new.last_answer);
      return null;
    end $$`.execute(owner);
  await sql`
    create trigger keep_fault_trace after insert or update on delivery
      for each row execute function keep_fault_trace()`.execute(owner);
}

/** How many deliveries were uncertain for a while. */
export async function countUncertain({ owner }: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct post_key) as count from fault_trace where state = 'uncertain'`.execute(owner);
  return rows[0]?.count ?? 0;
}

export async function traceOf({ owner }: Database, keys: string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ at: Date; post_key: string; state: string; fence: number; answer: string }>`
    select at, post_key, state, fence, answer from fault_trace
    where post_key = any (${keys}::uuid[]) order by post_key, at`.execute(owner);
  return rows.map(
    (row) => `${row.post_key} ${row.at.toISOString()} ${row.state} fence ${row.fence} ${row.answer ?? ''}`,
  );
}
