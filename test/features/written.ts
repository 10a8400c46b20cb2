import { sql } from 'kysely';
import type { World } from '#test/world.ts';

/** What people brought about: how many rows there are, table by table. Messages and what was pressed are not that. */
export const notTheirs = [
  'delivery',
  'delivery_note',
  'delivery_occurrence',
  'message',
  'edit',
  'seen_event',
  'slack_limit',
  // What was refused is noted there, and who opened what.
  'audit_entry',
  'access_record',
  // How far the nightly look at Slack's list of people is.
  'people_sweep',
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

/** Whether the audit trail says, of the last hour, that this was refused to somebody. */
export async function isNotedAsRefused(
  { database, clock }: World,
  actorId: string,
  action: string,
): Promise<boolean> {
  const entry = await database.owner
    .selectFrom('audit_entry')
    .select('entry_id')
    .where('actor_id', '=', actorId)
    .where('what', '=', 'refused')
    .where(sql`detail ->> 'action'`, '=', action)
    .where('at', '>=', new Date(clock.now() - 3_600_000))
    .executeTakeFirst();
  return entry !== undefined;
}
