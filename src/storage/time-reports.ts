import { type Selectable, sql } from 'kysely';
import type { TimeReport, TimeUnit } from '#domain/manager-time.ts';
import type { OccurrenceState } from '#domain/occurrence.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedByKey } from './merged.ts';
import type { TimeReportTable } from './schema/time-report.ts';

/** One week of a manager, as last corrected. */
export interface KeptTimeReport extends TimeReport {
  id: string;
  managerId: string;
  occurrenceId: string | null;
  unit: TimeUnit;
  note: string | null;
  reportedAt: Date;
  savedAt: Date;
  late: boolean;
}

const asReport = (row: Selectable<TimeReportTable>): KeptTimeReport => ({
  id: row.report_id,
  managerId: row.manager_id,
  week: row.week,
  occurrenceId: row.occurrence_id,
  unit: row.unit,
  innovating: row.innovating,
  coaching: row.coaching,
  selling: row.selling,
  allocation: row.allocation,
  everything_else: row.everything_else,
  note: row.note,
  reportedAt: row.reported_at,
  savedAt: row.saved_at,
  late: row.late,
});

/** What one manager saves from two devices takes turns until the transaction ends: the second is a correction. */
export async function takeTurnsReporting(trx: Trx, workspaceId: string, managerId: string): Promise<void> {
  const whose = `${workspaceId} ${managerId}`;
  await sql`select pg_advisory_xact_lock(hashtext('time_report'), hashtext(${whose}))`.execute(trx);
}

export async function findTimeReport(
  trx: Trx,
  workspaceId: string,
  managerId: string,
  week: string,
): Promise<KeptTimeReport | undefined> {
  const row = await trx
    .selectFrom('time_report')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('manager_id', '=', managerId)
    .where('week', '=', week)
    .executeTakeFirst();
  return row && asReport(row);
}

/** The last ones somebody has, the oldest first. */
export async function lastTimeReports(
  trx: Trx,
  workspaceId: string,
  managerId: string,
  most: number,
): Promise<KeptTimeReport[]> {
  const rows = await trx
    .selectFrom('time_report')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('manager_id', '=', managerId)
    .orderBy('week', 'desc')
    .limit(most)
    .execute();
  return rows.map(asReport).reverse();
}

/** As they stand now, for the weeks that begin in a period; of those named, or of everybody. */
export async function timeReportsBetween(
  trx: Trx,
  workspaceId: string,
  { from, to, managerIds }: { from: string; to: string; managerIds?: readonly string[] },
): Promise<KeptTimeReport[]> {
  if (managerIds?.length === 0) return [];
  let query = trx
    .selectFrom('time_report')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('week', '>=', from)
    .where('week', '<=', to);
  if (managerIds !== undefined) query = query.where('manager_id', 'in', [...managerIds]);
  return (await query.orderBy('week').orderBy('manager_id').execute()).map(asReport);
}

/** Makes the row of a week, or puts a correction into it; when it was first reported, and whether late, stays. */
export async function saveTimeReport(trx: Trx, workspaceId: string, one: KeptTimeReport): Promise<void> {
  const corrected = {
    occurrence_id: one.occurrenceId,
    unit: one.unit,
    innovating: one.innovating,
    coaching: one.coaching,
    selling: one.selling,
    allocation: one.allocation,
    everything_else: one.everything_else,
    note: one.note,
    saved_at: one.savedAt,
  };
  await trx
    .insertInto('time_report')
    .values({
      workspace_id: workspaceId,
      report_id: one.id,
      manager_id: one.managerId,
      week: one.week,
      reported_at: one.reportedAt,
      late: one.late,
      ...corrected,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'report_id']).doUpdateSet(corrected))
    .execute();
}

export async function minutesPerRep(
  trx: Trx,
  workspaceId: string,
  reportId: string,
): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('time_report_rep')
    .select(['rep_id', 'minutes'])
    .where('workspace_id', '=', workspaceId)
    .where('report_id', '=', reportId)
    .orderBy('rep_id')
    .execute();
  return new Map(rows.map((row) => [row.rep_id, row.minutes]));
}

export async function saveMinutesPerRep(
  trx: Trx,
  workspaceId: string,
  reportId: string,
  minutes: ReadonlyMap<string, number>,
): Promise<void> {
  await trx
    .deleteFrom('time_report_rep')
    .where('workspace_id', '=', workspaceId)
    .where('report_id', '=', reportId)
    .execute();
  if (minutes.size === 0) return;
  const rows = [...minutes].map(([repId, number]) => ({
    workspace_id: workspaceId,
    report_id: reportId,
    rep_id: repId,
    minutes: number,
  }));
  await trx.insertInto('time_report_rep').values(rows).execute();
}

/** A time that a report falls due. */
export interface ReportOccurrence {
  id: string;
  period: string;
  state: OccurrenceState;
  dueAt: Date;
}

/** By period. Where a cadence ended and began anew in one week, the occurrence that still is open, or the later. */
export async function reportOccurrences(
  trx: Trx,
  workspaceId: string,
  managerId: string,
  periods: readonly string[],
): Promise<Map<string, ReportOccurrence>> {
  const rows = await trx
    .selectFrom('occurrence')
    .select(['occurrence_id', 'period', 'state', 'due_at'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'time_report')
    .where('asked_id', '=', managerId)
    .where('period', 'in', [...periods])
    .orderBy(sql`state in ('planned', 'due')`)
    .orderBy('due_at')
    .execute();
  return new Map(
    rows.map((row) => [
      row.period,
      { id: row.occurrence_id, period: row.period, state: row.state, dueAt: row.due_at },
    ]),
  );
}

/** What was reported for these occurrences, by occurrence. */
export const timeReportsOf = mergedByKey<KeptTimeReport>(async (trx, workspaceId, occurrenceIds) => {
  const query = trx
    .selectFrom('time_report')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', 'in', [...occurrenceIds]);
  const rows = await askTogether(trx, query, { reported_at: 'instant', saved_at: 'instant' });
  return new Map(rows.map((row) => [row.occurrence_id ?? '', asReport(row)]));
});
