import type { Endings } from '#domain/adherence.ts';
import type { CertificationCoverage, Coverage } from '#domain/coverage.ts';
import { type Week, weekBefore } from '#domain/digest.ts';
import { type DutyKind, dutyKinds } from '#domain/occurrence.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { Trx } from '#storage/database.ts';
import { currentSettings } from '#storage/settings.ts';
import { measureAdherence } from './measure-adherence.ts';
import { measureObservedCalls } from './measure-calls.ts';
import { measureCertification } from './measure-certification.ts';
import { measureRetention, type RetentionAtDay } from './measure-retention.ts';
import { type MeasuredMix, measureTimeMix } from './measure-time-mix.ts';

export interface DutyFigures {
  duty: DutyKind;
  /** What fell due in the week. */
  week: Endings;
  /** Fell due in the week and has not ended. */
  open: number;
  /** In the four weeks before. */
  before: Endings;
}

/** What a digest tells, in numbers; nobody's name is anywhere in it. */
export interface DigestFigures {
  week: Week;
  /** Duties of which anything fell due in the five weeks. */
  duties: DutyFigures[];
  /** Of the month in which the week began. `over`: nothing can be added to it any more. */
  calls: { month: string; over: boolean; coverage: Coverage };
  /** `target` is a fraction of all eligible reps. */
  certification: { coverage: CertificationCoverage; target: number };
  retention: RetentionAtDay[];
  mix: MeasuredMix;
}

const weeksBefore = 4;
const none: Endings = { done: 0, expired: 0, excused: 0, late: 0 };

/** The digest of the last full week, as it stands at an instant. */
export async function measureDigest(
  trx: Trx,
  workspaceId: string,
  at: number,
  zone: string,
): Promise<DigestFigures> {
  const settings = await currentSettings(trx, workspaceId);
  const week = weekBefore(at, zone);
  const inWeek = await measureAdherence(
    trx,
    workspaceId,
    { from: week.monday, until: week.sunday, zone },
    at,
  );
  const earlier = {
    from: addDays(week.monday, -7 * weeksBefore),
    until: addDays(week.monday, -1),
    zone,
  };
  const before = await measureAdherence(trx, workspaceId, earlier, at);
  const month = week.monday.slice(0, 7);
  return {
    week,
    duties: dutyKinds
      .map((duty) => ({
        duty,
        week: inWeek.byKind.get(duty) ?? none,
        open: inWeek.open.get(duty) ?? 0,
        before: before.byKind.get(duty) ?? none,
      }))
      .filter((one) => one.open > 0 || [one.week, one.before].some(isAnything)),
    calls: {
      month,
      over: toLocal(at, zone).date.slice(0, 7) > month,
      coverage: await measureObservedCalls(trx, workspaceId, month),
    },
    certification: {
      coverage: await measureCertification(trx, workspaceId, at),
      target: settings.certificationCoverageTarget / 100,
    },
    retention: await measureRetention(trx, workspaceId, settings.checkInDays),
    mix: await measureTimeMix(trx, workspaceId, week.monday, settings),
  };
}

const isAnything = ({ done, expired, excused }: Endings): boolean => done + expired + excused > 0;

/** Nothing was asked, seen or reported yet. */
export function isNothingYet({ duties, calls, certification, retention, mix }: DigestFigures): boolean {
  const { total, apart } = calls.coverage;
  const { ofEnrolled, ofEligible } = certification.coverage;
  const enrolled = ofEnrolled.total.whole + ofEnrolled.apart.whole;
  const certified = ofEligible.total.part + ofEligible.apart.part;
  return (
    duties.length === 0 &&
    total.part + apart.part === 0 &&
    enrolled + certified === 0 &&
    retention.every(({ overall: { n, noChance, notWatched, unanswered } }) =>
      [n, noChance, notWatched, unanswered].every((count) => count === 0),
    ) &&
    mix.average.n === 0
  );
}
