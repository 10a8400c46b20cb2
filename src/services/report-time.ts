import { randomUUID } from 'node:crypto';
import {
  type Mix,
  mixOf,
  referenceOf,
  type TimeSpent,
  type TimeUnit,
  timeFields,
} from '#domain/manager-time.ts';
import { weeksToTell } from '#domain/reported-week.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { isoWeek } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { overviewOf, type TimeOverview, weeksForATrend } from '#domain/time-comparison.ts';
import type { Trx } from '#storage/database.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { markDone } from '#storage/occurrences.ts';
import { currentLines } from '#storage/reporting.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { currentSettings } from '#storage/settings.ts';
import { noteSubmission } from '#storage/submissions.ts';
import {
  findTimeReport,
  type KeptTimeReport,
  lastTimeReports,
  minutesPerRep,
  reportOccurrences,
  saveMinutesPerRep,
  saveTimeReport,
  takeTurnsReporting,
} from '#storage/time-reports.ts';
import type { ServiceContext } from '../context.ts';
import { contentHashOf } from './content-hash.ts';
import { type NotYourReport, reportingManager } from './open-time-report.ts';

export interface TimeGiven {
  /** The modal it comes from; the same modal sent again is the same report. */
  viewId: string;
  managerId: string;
  week: string;
  unit: TimeUnit;
  spent: TimeSpent;
  /** Of the reps whose field was shown; null where it was left empty. Others keep what was said before. */
  minutes: ReadonlyMap<string, number | null>;
  /** Undefined where its field was not shown, which keeps what was said before. */
  note: string | null | undefined;
}

/** What is shown back at once. */
export interface TimeCompared {
  outcome: 'reported' | 'corrected' | 'unchanged';
  report: KeptTimeReport;
  /** Undefined for a week that went into everything else. */
  mix: Mix | undefined;
  reference: Mix;
  overview: TimeOverview;
  /** Whose Home shows something else now. */
  managersManagerId: string | undefined;
}

export async function reportTime(
  context: ServiceContext,
  workspaceId: string,
  given: TimeGiven,
): Promise<Result<TimeCompared, NotYourReport>> {
  const now = context.clock.now();
  const saved = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<TimeCompared, NotYourReport>> => {
      const { managerId, week } = given;
      const manager = await reportingManager(trx, workspaceId, managerId);
      if (!manager.ok) return manager;
      const { zone, reps } = manager.value;
      if (!weeksToTell(toLocal(now, zone).date).includes(week)) return refused({ kind: 'week_out_of_reach' });
      await takeTurnsReporting(trx, workspaceId, managerId);
      const known = new Set(reps.map(({ id }) => id));
      const minutes = new Map([...given.minutes].filter(([id]) => known.has(id)));
      const { outcome, report } = await save(trx, workspaceId, { ...given, minutes }, new Date(now));
      return done({ outcome, ...(await compared(trx, workspaceId, report)) });
    },
  );
  if (saved.ok) context.wake(workspaceId);
  return saved;
}

async function save(
  trx: Trx,
  workspaceId: string,
  given: TimeGiven,
  at: Date,
): Promise<Pick<TimeCompared, 'outcome' | 'report'>> {
  const { viewId, managerId, week, unit, spent } = given;
  const before = await findTimeReport(trx, workspaceId, managerId, week);
  const submitted = await noteSubmission(trx, workspaceId, {
    viewId,
    contentHash: hashOf(given),
    at,
    ...(before === undefined ? {} : { recordId: before.id }),
  });
  if (submitted.kind === 'repeated' && before !== undefined) return { outcome: 'unchanged', report: before };

  const minutesBefore = before && (await minutesPerRep(trx, workspaceId, before.id));
  const minutes = merged(minutesBefore ?? new Map(), given.minutes);
  const note = given.note === undefined ? (before?.note ?? null) : given.note;
  const content = { week, unit, ...spent, minutes: Object.fromEntries(minutes), note };
  const isChanged = before === undefined || !isSame(content, before, minutesBefore);

  const asked = (await reportOccurrences(trx, workspaceId, managerId, [isoWeek(week)])).get(isoWeek(week));
  const report: KeptTimeReport = {
    ...spent,
    week,
    unit,
    note,
    managerId,
    // A form that tells of another week the second time does not take its first report along.
    id: before?.id ?? (submitted.kind === 'new' ? submitted.recordId : randomUUID()),
    occurrenceId: asked?.id ?? null,
    reportedAt: before?.reportedAt ?? at,
    savedAt: isChanged ? at : before.savedAt,
    late: before?.late ?? asked?.state === 'expired',
  };
  await saveTimeReport(trx, workspaceId, report);
  if (isChanged) {
    await saveMinutesPerRep(trx, workspaceId, report.id, minutes);
    const record = { kind: 'time_report', id: report.id } as const;
    await keepRevisionOf(trx, workspaceId, record, { content, savedAt: at, savedBy: managerId });
  }
  // Also where it says the same as before: what was reported before anybody asked answers what is asked now.
  if (asked !== undefined) {
    await markDone(trx, workspaceId, asked.id, at);
    await markMessagesOf(trx, workspaceId, asked.id);
  }
  return { outcome: before === undefined ? 'reported' : isChanged ? 'corrected' : 'unchanged', report };
}

async function compared(
  trx: Trx,
  workspaceId: string,
  report: KeptTimeReport,
): Promise<Omit<TimeCompared, 'outcome'>> {
  const reference = referenceOf(await currentSettings(trx, workspaceId));
  const reports = await lastTimeReports(trx, workspaceId, report.managerId, weeksForATrend);
  const lines = await currentLines(trx, workspaceId);
  return {
    report,
    mix: mixOf(report),
    reference,
    overview: overviewOf(reports, reference),
    managersManagerId: lines.find(({ repId }) => repId === report.managerId)?.managerId,
  };
}

function merged(
  before: ReadonlyMap<string, number>,
  given: ReadonlyMap<string, number | null>,
): Map<string, number> {
  const whole = new Map<string, number | null>([...before, ...given]);
  return new Map([...whole].flatMap(([id, minutes]) => (minutes === null ? [] : [[id, minutes] as const])));
}

function isSame(
  content: TimeSpent & Pick<TimeGiven, 'unit' | 'note'> & { minutes: Record<string, number> },
  before: KeptTimeReport,
  minutesBefore: ReadonlyMap<string, number> = new Map(),
): boolean {
  return (
    content.unit === before.unit &&
    content.note === before.note &&
    timeFields.every((field) => content[field] === before[field]) &&
    Object.keys(content.minutes).length === minutesBefore.size &&
    [...minutesBefore].every(([id, minutes]) => content.minutes[id] === minutes)
  );
}

function hashOf({ week, unit, spent, minutes, note }: TimeGiven): string {
  return contentHashOf([week, unit, timeFields.map((field) => spent[field]), [...minutes], note]);
}
