import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** What is kept about a person, as they would name it. */
export const keptKinds = {
  one_on_ones: 'select logged_at as at from one_on_one_log where workspace_id = $ws and rep_id = $person',
  preparations: 'select answered_at as at from preparation where workspace_id = $ws and rep_id = $person',
  commitments: 'select made_at as at from commitment where workspace_id = $ws and rep_id = $person',
  debriefs: 'select logged_at as at from debrief where workspace_id = $ws and rep_id = $person',
  call_plans: 'select made_at as at from call_plan where workspace_id = $ws and rep_id = $person',
  practice: 'select assigned_at as at from practice_assignment where workspace_id = $ws and rep_id = $person',
  look_backs: 'select reflected_at as at from practice_review where workspace_id = $ws and rep_id = $person',
  check_ins: `select answered_at as at from check_in join enrolment using (workspace_id, enrolment_id)
    where workspace_id = $ws and rep_id = $person`,
  baselines: `select answered_at as at from baseline join enrolment using (workspace_id, enrolment_id)
    where workspace_id = $ws and rep_id = $person`,
  certifications: 'select judged_at as at from certification where workspace_id = $ws and rep_id = $person',
  written: `select logged_at as at from one_on_one_log where workspace_id = $ws and manager_id = $person
    union all select logged_at from debrief where workspace_id = $ws and observer_id = $person`,
  time_reports: 'select reported_at as at from time_report where workspace_id = $ws and manager_id = $person',
  absences: 'select set_at as at from absence where workspace_id = $ws and member_id = $person',
  messages: `select posted_at as at from message join delivery using (workspace_id, delivery_id)
    where workspace_id = $ws and receiver_id = $person`,
} as const;
export type KeptKind = keyof typeof keptKinds;

export interface KeptCount {
  kind: KeptKind;
  count: number;
  since: Date;
}

/** In one statement; what there is nothing of is left out. */
export async function keptCounts(trx: Trx, workspaceId: string, personId: string): Promise<KeptCount[]> {
  const parts = Object.entries(keptKinds).map(([kind, query]) => {
    const [first = '', ...rest] = query.split(/(\$ws|\$person)/);
    const filled = rest.reduce(
      (so, part) =>
        part === '$ws'
          ? sql`${so}${workspaceId}`
          : part === '$person'
            ? sql`${so}${personId}`
            : sql`${so}${sql.raw(part)}`,
      sql.raw(first),
    );
    return sql`select ${sql.lit(kind)} as kind, count(*)::int as count, min(at) as since from (${filled}) one`;
  });
  const { rows } = await sql<KeptCount>`${sql.join(parts, sql` union all `)}`.execute(trx);
  return rows.filter(({ count }) => count > 0);
}
