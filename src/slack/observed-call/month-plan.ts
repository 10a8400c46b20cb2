import { observedCallPeriod } from '#domain/observed-call.ts';
import { weekOf } from '#domain/sending.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay } from '#domain/time/zone.ts';
import { type CallPlan, openPlansOf } from '#storage/call-plans.ts';
import { openObservations } from '#storage/observed-call-home.ts';
import { together } from '#storage/together.ts';
import type { RowsFor } from '../card/row.ts';

/** The call that the row of a rep's month speaks of: the earliest that is planned. */
export const planOfMonth = (
  plans: readonly CallPlan[],
  { repId, period }: { repId: string; period: string },
): CallPlan | undefined =>
  plans.find(
    (one) => one.state === 'planned' && one.repId === repId && observedCallPeriod(one.callOn) === period,
  );

/** Those of a reader's plans of which the month's row on Home speaks already. */
export async function spokenOfOnHome(
  { trx, workspaceId, reader, date }: RowsFor,
  repIds: readonly string[],
): Promise<Set<string>> {
  if (repIds.length === 0) return new Set();
  const until = new Date(startOfDay(addDays(weekOf(date), 7), reader.zone));
  const [months, plans] = await together([
    openObservations(trx, workspaceId, { askedId: reader.id, repIds, until }),
    openPlansOf(trx, workspaceId, repIds),
  ]);
  return new Set(months.flatMap((month) => planOfMonth(plans, month)?.id ?? []));
}
