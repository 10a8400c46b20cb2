import type { TimeUnit } from '#domain/manager-time.ts';
import type { OccurrenceState } from '#domain/occurrence.ts';
import { mayBeMessaged } from '#domain/people.ts';
import { type TellableWeek, weekMeant, weeksToTell } from '#domain/reported-week.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { isoWeek } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, listMembers } from '#storage/members.ts';
import { currentLines } from '#storage/reporting.ts';
import {
  type KeptTimeReport,
  lastTimeReports,
  minutesPerRep,
  type ReportOccurrence,
  reportOccurrences,
  timeReportsBetween,
} from '#storage/time-reports.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

/** Why somebody may not report a week. */
export type NotYourReport =
  | { kind: 'you_are_unknown' }
  | { kind: 'nobody_reports_to_you' }
  /** To come, or more than four weeks ago. */
  | { kind: 'week_out_of_reach' };

export interface TimeToReport {
  week: string;
  zone: string;
  /** How its occurrence stands; undefined where nobody asked for this week. */
  asked: OccurrenceState | undefined;
  said: { report: KeptTimeReport; minutes: Map<string, number> } | undefined;
  /** The unit that was used last. */
  unit: TimeUnit;
  weeks: TellableWeek[];
  reps: { id: string; name: string }[];
}

/** What a manager is shown before telling of a week: the one named, or the one that is meant. */
export async function openTimeReport(
  context: ServiceContext,
  workspaceId: string,
  managerId: string,
  named?: string,
): Promise<Result<TimeToReport, NotYourReport>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const manager = await reportingManager(trx, workspaceId, managerId);
    if (!manager.ok) return manager;
    const { zone, reps } = manager.value;
    const { reports, occurrences, weeks } = await tellable(trx, workspaceId, managerId, { now, zone });
    const week = named ?? weekMeant(weeks, now);
    if (!weeks.some((one) => one.week === week)) return refused({ kind: 'week_out_of_reach' });
    const report = reports.find((one) => one.week === week);
    const [last] = await lastTimeReports(trx, workspaceId, managerId, 1);
    return done({
      week,
      zone,
      asked: occurrences.get(isoWeek(week))?.state,
      said: report && { report, minutes: await minutesPerRep(trx, workspaceId, report.id) },
      unit: report?.unit ?? last?.unit ?? 'hours',
      weeks,
      reps,
    });
  });
}

interface ReportingManager {
  zone: string;
  /** Who reports to them, by name. */
  reps: { id: string; name: string }[];
}

export async function reportingManager(
  trx: Trx,
  workspaceId: string,
  managerId: string,
): Promise<Result<ReportingManager, NotYourReport>> {
  const manager = await findMember(trx, workspaceId, managerId);
  const asking = { workspaceId, viewerId: managerId, subjectId: managerId };
  if (manager === undefined || !(await may(trx, asking, 'report_time'))) {
    return refused({ kind: 'you_are_unknown' });
  }
  const lines = await currentLines(trx, workspaceId);
  const own = new Set(lines.filter((line) => line.managerId === managerId).map((line) => line.repId));
  const members = own.size === 0 ? [] : await listMembers(trx, workspaceId);
  const reps = members.filter(({ id, status }) => own.has(id) && mayBeMessaged(status));
  if (reps.length === 0) return denied({ kind: 'nobody_reports_to_you' });
  return done({ zone: manager.timeZone, reps: reps.map(({ id, name }) => ({ id, name })) });
}

interface Tellable {
  reports: KeptTimeReport[];
  occurrences: Map<string, ReportOccurrence>;
  weeks: TellableWeek[];
}

/** The weeks there are to tell of, the latest first, and what is known of them. */
async function tellable(
  trx: Trx,
  workspaceId: string,
  managerId: string,
  { now, zone }: { now: number; zone: string },
): Promise<Tellable> {
  const mondays = weeksToTell(toLocal(now, zone).date);
  const [to = '', from = ''] = [mondays[0], mondays.at(-1)];
  const reports = await timeReportsBetween(trx, workspaceId, { from, to, managerIds: [managerId] });
  const occurrences = await reportOccurrences(trx, workspaceId, managerId, mondays.map(isoWeek));
  const weeks = mondays.map((week) => {
    const asked = occurrences.get(isoWeek(week));
    return {
      week,
      reported: reports.some((one) => one.week === week),
      dueAt: asked === undefined || asked.state === 'excused' ? undefined : asked.dueAt.getTime(),
    };
  });
  return { reports, occurrences, weeks };
}
