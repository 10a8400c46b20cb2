import { sql } from 'kysely';
import { type Pillar, pillars } from '#domain/pillar.ts';
import type { CheckIn, CheckInAnswer, CheckInSide, DayZero } from '#domain/retention.ts';
import type { Trx } from './database.ts';

/** What each rep showed at the end of training. */
export async function dayZeroRows(trx: Trx, workspaceId: string): Promise<DayZero[]> {
  const rows = await trx
    .selectFrom('day_zero')
    .select(['programme_id', 'rep_id', 'pillar', 'shown'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return rows.map((row) => ({
    programmeId: row.programme_id,
    repId: row.rep_id,
    pillar: row.pillar,
    shown: row.shown,
  }));
}

/**
 * Every answer, late ones too, and a row without one for each side that a message asked and that did not answer.
 * What was excused was asked of nobody.
 */
export async function checkInRows(trx: Trx, workspaceId: string): Promise<CheckIn[]> {
  const { rows } = await sql<{
    programme_id: string;
    rep_id: string;
    pillars: Pillar[];
    day: number;
    side: CheckInSide;
    answers: Partial<Record<Pillar, CheckInAnswer>> | null;
  }>`
    with asked as (
      select o.subject_id as enrolment_id, o.occurrence_id, substr(o.period, 2)::int as day, sides.side
      from occurrence o
      cross join lateral (values ('rep'), ('manager')) as sides (side)
      where o.workspace_id = ${workspaceId} and o.kind = 'check_in' and o.state <> 'excused'
        and exists (
          select 1 from delivery_occurrence link
          join delivery d on d.workspace_id = link.workspace_id and d.delivery_id = link.delivery_id
          where link.workspace_id = o.workspace_id and link.occurrence_id = o.occurrence_id
            and d.state = 'delivered' and (d.receiver_id = o.about_id) = (sides.side = 'rep')
        )
    )
    select e.programme_id, e.rep_id, p.pillars, coalesce(c.day, asked.day)::int as day,
           coalesce(c.side, asked.side) as side, c.answers
    from (select * from check_in where workspace_id = ${workspaceId}) c
    full join asked on asked.enrolment_id = c.enrolment_id and asked.day = c.day and asked.side = c.side
    join enrolment e
      on e.workspace_id = ${workspaceId} and e.enrolment_id = coalesce(c.enrolment_id, asked.enrolment_id)
    join programme p on p.workspace_id = e.workspace_id and p.programme_id = e.programme_id`.execute(trx);
  return rows.flatMap(({ programme_id, rep_id, pillars: covered, day, side, answers }) =>
    pillars
      .filter((pillar) => covered.includes(pillar) || answers?.[pillar] !== undefined)
      .map((pillar) => ({
        programmeId: programme_id,
        repId: rep_id,
        pillar,
        day,
        side,
        answer: answers?.[pillar] ?? null,
      })),
  );
}

/** A rep in a programme, for coverage and for certification. */
export interface Enrolled {
  enrolmentId: string;
  programmeId: string;
  programmeName: string;
  repId: string;
  sessionOn: string;
  pillars: Pillar[];
  /** Of the rep, when they were enrolled. */
  wave: number | null;
  enrolledAt: Date;
  withdrawnAt: Date | null;
  /** The programme itself has ended. */
  endedAt: Date | null;
}

/** Every enrolment there ever was, the latest session first; of one rep, or of everybody. */
export async function enrolmentRows(trx: Trx, workspaceId: string, repId?: string): Promise<Enrolled[]> {
  const rows = await trx
    .selectFrom('enrolment')
    .innerJoin('programme', (join) =>
      join
        .onRef('programme.workspace_id', '=', 'enrolment.workspace_id')
        .onRef('programme.programme_id', '=', 'enrolment.programme_id'),
    )
    .selectAll('enrolment')
    .select(['programme.name', 'programme.session_on', 'programme.pillars', 'programme.ended_at'])
    .where('enrolment.workspace_id', '=', workspaceId)
    .$if(repId !== undefined, (query) => query.where('enrolment.rep_id', '=', repId ?? ''))
    .orderBy('programme.session_on', 'desc')
    .orderBy('enrolment.enrolled_at')
    .execute();
  return rows.map((row) => ({
    enrolmentId: row.enrolment_id,
    programmeId: row.programme_id,
    programmeName: row.name,
    repId: row.rep_id,
    sessionOn: row.session_on,
    pillars: row.pillars,
    wave: row.wave,
    enrolledAt: row.enrolled_at,
    withdrawnAt: row.withdrawn_at,
    endedAt: row.ended_at,
  }));
}
