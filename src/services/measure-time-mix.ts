import { type AverageMix, averageOfManagers, gapOf, type Mix, referenceOf } from '#domain/manager-time.ts';
import type { Settings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { averageForOthers } from '#domain/time-comparison.ts';
import type { Trx } from '#storage/database.ts';
import { timeReportsBetween } from '#storage/time-reports.ts';

export interface MeasuredMix {
  /** Over managers, each with the average of their last four weeks; no mix where there are too few of them. */
  average: AverageMix;
  reference: Mix;
  gap: Mix | undefined;
}

/** How managers' time went in the four weeks that end with the one that begins on `monday`. */
export async function measureTimeMix(
  trx: Trx,
  workspaceId: string,
  monday: string,
  settings: Pick<Settings, 'referenceMix'>,
): Promise<MeasuredMix> {
  const reports = await timeReportsBetween(trx, workspaceId, { from: addDays(monday, -21), to: monday });
  const ofManagers = [...Map.groupBy(reports, ({ managerId }) => managerId).values()];
  const average = averageOfManagers(ofManagers.map((own) => averageForOthers(own, monday).mix));
  const reference = referenceOf(settings);
  return { average, reference, gap: average.mix && gapOf(average.mix, reference) };
}
