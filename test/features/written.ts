import { sql } from 'kysely';
import type { World } from '#test/world.ts';

/** What people brought about: how many rows there are, table by table. Messages and what was pressed are not that. */
const notTheirs = [
  'delivery',
  'delivery_note',
  'delivery_occurrence',
  'message',
  'edit',
  'seen_event',
  'slack_limit',
];

export async function written({ database }: World): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'
    order by relname`.execute(database.owner);
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    if (notTheirs.includes(name)) continue;
    const { rows } = await sql<{
      count: number;
    }>`select count(*)::int as count from ${sql.table(name)}`.execute(database.owner);
    counts[name] = rows[0]?.count ?? 0;
  }
  return counts;
}
