import { adherence } from '#domain/adherence.ts';
import type { Coverage } from '#domain/coverage.ts';
import { waveApart } from '#domain/coverage.ts';
import { drivers } from '#domain/manager-time.ts';
import { dutyKinds } from '#domain/occurrence.ts';
import type { Retention } from '#domain/retention.ts';
import { weekOf } from '#domain/sending.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay } from '#domain/time/zone.ts';
import type { Trx } from '#storage/database.ts';
import { findDigest } from '#storage/digest.ts';
import { currentSettings } from '#storage/settings.ts';
import { measureAdherence } from './measure-adherence.ts';
import { measureObservedCalls } from './measure-calls.ts';
import { measureCertification } from './measure-certification.ts';
import { measureCommitments } from './measure-commitments.ts';
import { measureRetention } from './measure-retention.ts';
import { measureTimeMix } from './measure-time-mix.ts';

/** A row of figures by column; a rate is a fraction, and none where there are too few for one. */
export type ExportRow = Record<string, string | number | null>;

export interface ExportOptions {
  workspaceId: string;
  /** Civil dates, both included. */
  since: string;
  until: string;
  now: number;
}

type Export = (trx: Trx, options: ExportOptions & { zone: string }) => Promise<ExportRow[]>;

/** What can be exported: sums over people, by week or month, with the digest's own functions and nobody's name. */
export const exportableMeasures: Record<string, { tells: string; columns: readonly string[]; rows: Export }> =
  {
    adherence: {
      tells: 'how what fell due in a week ended, by duty',
      columns: ['week', 'duty', 'done', 'expired', 'excused', 'late', 'open', 'rate'],
      rows: adherenceRows,
    },
    'observed-calls': {
      tells: 'reps with a live call observed, by month and wave',
      columns: ['month', 'wave', 'observed', 'reps', 'rate'],
      rows: callRows,
    },
    certification: {
      tells: 'reps certified at the end of each week, of those enrolled and of all, by wave',
      columns: ['week', 'of', 'wave', 'certified', 'reps', 'rate'],
      rows: certificationRows,
    },
    retention: {
      tells: 'what was seen of trainings held in the period, by check-in day and pillar',
      columns: [
        'day',
        'pillar',
        'n',
        'seen',
        'seen_rate',
        'unasked',
        'unasked_rate',
        'no_chance',
        'not_watched',
        'unanswered',
      ],
      rows: retentionRows,
    },
    'time-mix': {
      tells: "managers' average over the four weeks up to each, the reference, and the gap",
      columns: [
        'week',
        'managers',
        ...drivers,
        ...drivers.map((driver) => `reference_${driver}`),
        ...drivers.map((driver) => `gap_${driver}`),
      ],
      rows: mixRows,
    },
    commitments: {
      tells: 'what became of the commitments whose date was in a week',
      columns: ['week', 'due', 'closed', 'verified', 'applied', 'verified_rate'],
      rows: commitmentRows,
    },
  };

export async function exportMeasure(trx: Trx, measure: string, options: ExportOptions): Promise<ExportRow[]> {
  const chosen = exportableMeasures[measure];
  if (chosen === undefined) throw new Error(`there is no measure ${measure}`);
  const zone = (await findDigest(trx, options.workspaceId))?.zone ?? 'UTC';
  return chosen.rows(trx, { ...options, zone });
}

/** Whole weeks: those that hold the first day, the last, and all between. */
function mondays(since: string, until: string): string[] {
  const found: string[] = [];
  for (let monday = weekOf(since); monday <= until; monday = addDays(monday, 7)) found.push(monday);
  return found;
}

const four = (rate: number | undefined): number | null =>
  rate === undefined ? null : Math.round(rate * 10_000) / 10_000;

async function adherenceRows(
  trx: Trx,
  { workspaceId, since, until, zone, now }: ExportOptions & { zone: string },
): Promise<ExportRow[]> {
  const rows: ExportRow[] = [];
  for (const week of mondays(since, until)) {
    const period = { from: week, until: addDays(week, 6), zone };
    const measured = await measureAdherence(trx, workspaceId, period, now);
    for (const duty of dutyKinds) {
      const endings = measured.byKind.get(duty);
      const open = measured.open.get(duty) ?? 0;
      if (endings === undefined && open === 0) continue;
      const { done = 0, expired = 0, excused = 0, late = 0 } = endings ?? {};
      const rate = endings === undefined || open > 0 ? undefined : adherence(endings);
      rows.push({ week, duty, done, expired, excused, late, open, rate: four(rate) });
    }
  }
  return rows;
}

async function callRows(trx: Trx, { workspaceId, since, until }: ExportOptions): Promise<ExportRow[]> {
  const months = new Set(mondays(since, until).map((monday) => monday.slice(0, 7)));
  for (const date of [since, until]) months.add(date.slice(0, 7));
  const within = [...months]
    .filter((month) => month >= since.slice(0, 7) && month <= until.slice(0, 7))
    .sort();
  const rows: ExportRow[] = [];
  for (const month of within) {
    for (const { wave, part, whole, rate } of sharesOf(await measureObservedCalls(trx, workspaceId, month))) {
      rows.push({ month, wave, observed: part, reps: whole, rate: four(rate) });
    }
  }
  return rows;
}

async function certificationRows(
  trx: Trx,
  { workspaceId, since, until, zone, now }: ExportOptions & { zone: string },
): Promise<ExportRow[]> {
  const rows: ExportRow[] = [];
  for (const week of mondays(since, until)) {
    const end = Math.min(now, startOfDay(addDays(week, 7), zone) - 1);
    const { ofEnrolled, ofEligible } = await measureCertification(trx, workspaceId, end);
    for (const [of, coverage] of Object.entries({ enrolled: ofEnrolled, eligible: ofEligible })) {
      for (const { wave, part, whole, rate } of sharesOf(coverage)) {
        rows.push({ week, of, wave, certified: part, reps: whole, rate: four(rate) });
      }
    }
  }
  return rows;
}

/** The total first, then wave by wave; the fourth stands apart and is in no total. */
function sharesOf({ total, waves, apart }: Coverage) {
  return [
    { wave: 'total', ...total },
    ...[...waves].map(([wave, share]) => ({ wave: wave === null ? 'none' : String(wave), ...share })),
    ...(apart.whole > 0 ? [{ wave: `${waveApart} apart`, ...apart }] : []),
  ];
}

async function retentionRows(trx: Trx, { workspaceId, since, until }: ExportOptions): Promise<ExportRow[]> {
  const { checkInDays } = await currentSettings(trx, workspaceId);
  const measured = await measureRetention(trx, workspaceId, checkInDays, { from: since, until });
  const row = (day: number, pillar: string, one: Retention): ExportRow => ({
    day,
    pillar,
    n: one.n,
    seen: one.seen.part,
    seen_rate: four(one.seen.rate),
    unasked: one.unprompted.part,
    unasked_rate: four(one.unprompted.rate),
    no_chance: one.noChance,
    not_watched: one.notWatched,
    unanswered: one.unanswered,
  });
  return measured.flatMap(({ day, overall, pillars }) => [
    row(day, 'all', overall),
    ...[...pillars].map(([pillar, one]) => row(day, pillar, one)),
  ]);
}

async function mixRows(trx: Trx, { workspaceId, since, until }: ExportOptions): Promise<ExportRow[]> {
  const settings = await currentSettings(trx, workspaceId);
  const rows: ExportRow[] = [];
  for (const week of mondays(since, until)) {
    const { average, reference, gap } = await measureTimeMix(trx, workspaceId, week, settings);
    const row: ExportRow = { week, managers: average.n };
    for (const driver of drivers) {
      row[driver] = four(average.mix?.[driver]);
      row[`reference_${driver}`] = four(reference[driver]);
      row[`gap_${driver}`] = four(gap?.[driver]);
    }
    rows.push(row);
  }
  return rows;
}

async function commitmentRows(trx: Trx, { workspaceId, since, until }: ExportOptions): Promise<ExportRow[]> {
  const rows: ExportRow[] = [];
  for (const week of mondays(since, until)) {
    const measured = await measureCommitments(trx, workspaceId, week, addDays(week, 6));
    const { verified, closed, applied } = measured;
    rows.push({
      week,
      due: verified.whole,
      closed,
      verified: verified.part,
      applied,
      verified_rate: four(verified.rate),
    });
  }
  return rows;
}
