import type { DutyKind } from '#domain/occurrence.ts';
import type { Rule } from '#domain/recurrence.ts';
import type { Trx } from './database.ts';

export interface Upcoming {
  period: string;
  dueAt: Date;
  planAt: Date;
}

export interface Cadence {
  workspaceId: string;
  id: string;
  kind: DutyKind;
  askedId: string;
  aboutId: string;
  /** Null where dates are told instead. */
  rule: Rule | null;
}

export async function currentCadences(trx: Trx, workspaceId: string): Promise<Cadence[]> {
  const rows = await trx
    .selectFrom('cadence')
    .select(['cadence_id', 'kind', 'asked_id', 'about_id', 'rule'])
    .where('workspace_id', '=', workspaceId)
    .where('ended_at', 'is', null)
    .execute();
  return rows.map((row) => ({
    workspaceId,
    id: row.cadence_id,
    kind: row.kind,
    askedId: row.asked_id,
    aboutId: row.about_id,
    rule: row.rule,
  }));
}

export async function insertCadence(trx: Trx, cadence: Cadence, next: Upcoming | undefined): Promise<void> {
  await trx
    .insertInto('cadence')
    .values({
      workspace_id: cadence.workspaceId,
      cadence_id: cadence.id,
      kind: cadence.kind,
      asked_id: cadence.askedId,
      about_id: cadence.aboutId,
      rule: cadence.rule === null ? null : JSON.stringify(cadence.rule),
      subject_id: null,
      next_period: next?.period ?? null,
      next_due_at: next?.dueAt ?? null,
      plan_at: next?.planAt ?? null,
      ended_at: null,
    })
    .execute();
}

export async function endCadence(trx: Trx, workspaceId: string, cadenceId: string, at: Date): Promise<void> {
  await trx
    .updateTable('cadence')
    .set({ ended_at: at, plan_at: null, next_due_at: null, next_period: null })
    .where('workspace_id', '=', workspaceId)
    .where('cadence_id', '=', cadenceId)
    .execute();
}

export interface WaitingCadence {
  id: string;
  rule: Rule;
  timeZone: string;
  workingDays: number[];
  country: string | null;
  /** Paused until this date. */
  pausedUntil: string | null;
}

/** Cadences that nothing is planned of yet: those of people who do not take part yet. What is paused waits on. */
export async function waitingCadences(
  trx: Trx,
  workspaceId: string,
  who: { pilotOnly: boolean },
): Promise<WaitingCadence[]> {
  const rows = await trx
    .selectFrom('cadence')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'cadence.workspace_id')
        .onRef('member.user_id', '=', 'cadence.asked_id'),
    )
    .select([
      'cadence.cadence_id',
      'cadence.rule',
      'cadence.paused_until',
      'member.time_zone',
      'member.working_days',
      'member.country',
    ])
    .where('cadence.workspace_id', '=', workspaceId)
    .where('cadence.ended_at', 'is', null)
    .where('cadence.plan_at', 'is', null)
    .where('cadence.rule', 'is not', null)
    .where((where) =>
      where.or([where('cadence.paused_at', 'is', null), where('cadence.paused_until', 'is not', null)]),
    )
    .$if(who.pilotOnly, (query) => query.where('member.in_pilot', '=', true))
    .execute();
  return rows.flatMap((row) =>
    row.rule === null
      ? []
      : [
          {
            id: row.cadence_id,
            rule: row.rule,
            timeZone: row.time_zone,
            workingDays: row.working_days,
            country: row.country,
            pausedUntil: row.paused_until,
          },
        ],
  );
}
