import { sql } from 'kysely';
import { chunked } from './chunked.ts';
import type { Trx } from './database.ts';
import type { MemberToSave } from './members.ts';

/** People as they are from now on, many in one statement. */
export async function savePeople(
  trx: Trx,
  workspaceId: string,
  people: readonly Omit<MemberToSave, 'updatedAt'>[],
  at: Date,
): Promise<void> {
  for (const some of chunked(people)) {
    const rows = some.map((one) => ({
      user_id: one.id,
      name: one.name,
      email: one.email,
      time_zone: one.timeZone,
      roles: one.roles,
      segment: one.segment,
      wave: one.wave,
      start_date: one.startDate,
      country: one.country,
      status: one.status,
      working_days: one.workingDays,
      work_starts: one.workStarts,
      work_ends: one.workEnds,
    }));
    await sql`
      insert into member (workspace_id, user_id, name, email, time_zone, roles, segment, wave, start_date, country,
                          status, working_days, work_starts, work_ends, updated_at)
      select ${workspaceId}, user_id, name, email, time_zone, roles, segment, wave, start_date, country,
             status, working_days, work_starts, work_ends, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
        user_id text, name text, email text, time_zone text, roles text[], segment text, wave integer, start_date date,
        country text, status text, working_days integer[], work_starts text, work_ends text)
      on conflict (workspace_id, user_id) do update set
        name = excluded.name, email = excluded.email, time_zone = excluded.time_zone, roles = excluded.roles,
        segment = excluded.segment, wave = excluded.wave, start_date = excluded.start_date,
        country = excluded.country, status = excluded.status, working_days = excluded.working_days,
        work_starts = excluded.work_starts, work_ends = excluded.work_ends, updated_at = excluded.updated_at`.execute(
      trx,
    );
  }
}
