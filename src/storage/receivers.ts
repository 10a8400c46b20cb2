import { sql } from 'kysely';
import type { Role } from '#domain/people.ts';
import type { WorkingTime } from '#domain/working-time.ts';
import type { Trx } from './database.ts';

/** A person as far as it decides whether a message may go to them now. */
export interface ReceiverRow {
  id: string;
  time: WorkingTime;
  roles: Role[];
  takesPart: boolean;
  /** Local dates on which messages went out lately, one for each. */
  sentOn: string[];
  cardsOn: string[];
  /** When the latest of them was begun, in machine time. */
  postedAt: Date | null;
  absences: { memberId: string; firstDay: string; lastDay: string; standInId: string | null }[];
}

/** `since`: a date at least a week before today, in any zone. */
export async function receiversOf(
  trx: Trx,
  workspaceId: string,
  receiverIds: string[],
  since: string,
): Promise<Map<string, ReceiverRow>> {
  if (receiverIds.length === 0) return new Map();
  const { rows } = await sql<{
    user_id: string;
    time_zone: string;
    working_days: number[];
    work_starts: string;
    work_ends: string;
    country: string | null;
    roles: Role[];
    takes_part: boolean;
    sent: { on: string; kind: string }[];
    posted_at: Date | null;
    absences: { first: string; last: string; stand_in: string | null }[];
  }>`
    select m.user_id, m.time_zone, m.working_days, m.work_starts, m.work_ends, m.country, m.roles,
           (not w.pilot or m.in_pilot) as takes_part, sent.sent, sent.posted_at, away.absences
    from member m
    join workspace w on w.workspace_id = m.workspace_id
    left join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('on', d.sent_on, 'kind', d.kind)), '[]') as sent,
             max(d.intent_at) as posted_at
      from delivery d
      where d.workspace_id = m.workspace_id and d.receiver_id = m.user_id and d.sent_on >= ${since}::date
    ) sent on true
    left join lateral (
      select coalesce(jsonb_agg(jsonb_build_object(
               'first', a.first_day, 'last', a.last_day, 'stand_in', a.stand_in_id)), '[]') as absences
      from absence a
      where a.workspace_id = m.workspace_id and a.member_id = m.user_id and a.withdrawn_at is null
        and a.last_day >= ${since}::date
    ) away on true
    where m.workspace_id = ${workspaceId} and m.user_id = any (${receiverIds}::text[])`.execute(trx);
  return new Map(
    rows.map((row) => [
      row.user_id,
      {
        id: row.user_id,
        time: {
          zone: row.time_zone,
          days: row.working_days,
          starts: row.work_starts,
          ends: row.work_ends,
          country: row.country,
        },
        roles: row.roles,
        takesPart: row.takes_part,
        sentOn: row.sent.map((one) => one.on),
        postedAt: row.posted_at,
        cardsOn: row.sent.filter((one) => one.kind === 'card').map((one) => one.on),
        absences: row.absences.map((one) => ({
          memberId: row.user_id,
          firstDay: one.first,
          lastDay: one.last,
          standInId: one.stand_in,
        })),
      },
    ]),
  );
}
