import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** Local time minus UTC in milliseconds, as the database has it; only of zones that it knows. */
export interface ZoneOffset {
  zone: string;
  instant: Date;
  offset: number;
}

/** The one place where SQL is asked about wall time: to learn whether it would say the same as Node. */
export async function databaseOffsets(
  trx: Trx,
  zones: readonly string[],
  instants: readonly Date[],
): Promise<ZoneOffset[]> {
  const { rows } = await sql<{ zone: string; instant: Date; seconds: number }>`
    select n.name as zone, i as instant,
           extract(epoch from (i at time zone n.name) - (i at time zone 'UTC'))::int as seconds
    from pg_timezone_names n, unnest(${instants.map((one) => one.toISOString())}::timestamptz[]) i
    where n.name = any (${[...zones]}::text[])
    order by zone, instant`.execute(trx);
  return rows.map(({ zone, instant, seconds }) => ({ zone, instant, offset: seconds * 1000 }));
}

export async function memberZones(trx: Trx): Promise<string[]> {
  const rows = await trx.selectFrom('member').select('time_zone').distinct().orderBy('time_zone').execute();
  return rows.map((row) => row.time_zone);
}
