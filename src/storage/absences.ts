import { sql } from 'kysely';
import type { StandIn } from '#domain/relation.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { Trx } from './database.ts';

/**
 * Who is asked in the place of whom at the moment: while somebody is away, and after that for what the other has
 * been asked and has not done yet. Days are those of the person who is away.
 */
export async function standInsNow(trx: Trx, workspaceId: string, now: Date): Promise<StandIn[]> {
  const { date: today } = toLocal(now.getTime(), 'UTC');
  const { rows: absences } = await sql<{
    member_id: string;
    stand_in_id: string;
    first_day: string;
    last_day: string;
    time_zone: string;
  }>`
    select a.member_id, a.stand_in_id, a.first_day, a.last_day, m.time_zone
    from absence a join member m on m.workspace_id = a.workspace_id and m.user_id = a.member_id
    where a.workspace_id = ${workspaceId} and a.withdrawn_at is null and a.stand_in_id is not null
      and a.first_day <= ${addDays(today, 1)}::date and a.last_day >= ${addDays(today, -1)}::date`.execute(
    trx,
  );
  const { rows: asked } = await sql<{ asked_id: string; stand_in_id: string }>`
    select distinct asked_id, stand_in_id from occurrence
    where workspace_id = ${workspaceId} and state in ('planned', 'due') and stand_in_id is not null
      and due_at <= ${now}`.execute(trx);
  return [
    ...absences
      .filter((one) => {
        const { date } = toLocal(now.getTime(), one.time_zone);
        return one.first_day <= date && date <= one.last_day;
      })
      .map((one) => ({ awayId: one.member_id, standInId: one.stand_in_id })),
    ...asked.map((one) => ({ awayId: one.asked_id, standInId: one.stand_in_id })),
  ];
}
