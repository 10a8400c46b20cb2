import { randomUUID } from 'node:crypto';
import { nextPlanned } from '#services/next-planned.ts';
import { advanceCadences, type CadenceStep, claimDueCadences, type DueCadence } from '#storage/cadences.ts';
import type { Trx } from '#storage/database.ts';
import { markMessagesShowing } from '#storage/messages.ts';
import { closeOverdue, insertOccurrences, letFallDue, type OccurrenceToPlan } from '#storage/occurrences.ts';
import type { AppContext } from '../context.ts';
import { planAsks } from './plan-asks.ts';

export interface Planned {
  occurrences: number;
  fellDue: number;
  expired: number;
  excused: number;
}

const batch = 500;

/** Makes what is to be made, lets fall due what is due, and ends what is over; across all workspaces. */
export async function plan({ database, clock }: Pick<AppContext, 'database' | 'clock'>): Promise<Planned> {
  const now = new Date(clock.now());
  const counts: Planned = { occurrences: 0, fellDue: 0, expired: 0, excused: 0 };
  for (let more = true; more; ) {
    more = await database.inPlanner(async (trx) => {
      const made = await planBatch(trx, now);
      counts.occurrences += made.occurrences;
      if (made.claimed === batch) return true;
      const { fellDue, over } = await moveOn(trx, now);
      counts.fellDue += fellDue;
      for (const { state } of over) counts[state === 'expired' ? 'expired' : 'excused'] += 1;
      return over.length === batch;
    });
  }
  return counts;
}

/** Lets fall due what is due, ends what is over, and has the messages edited that still show it as open. */
async function moveOn(trx: Trx, now: Date) {
  const fellDue = await letFallDue(trx, now);
  const over = await closeOverdue(trx, now, batch);
  await markMessagesShowing(trx, over);
  return { fellDue, over };
}

async function planBatch(trx: Trx, now: Date): Promise<{ claimed: number; occurrences: number }> {
  const due = await claimDueCadences(trx, now, batch);
  if (due.length === 0) return { claimed: 0, occurrences: 0 };
  const planned: OccurrenceToPlan[] = [];
  const cadenceOf = new Map<string, DueCadence>();
  const steps: CadenceStep[] = [];
  for (const cadence of due) {
    const made = occurrencesOf(cadence, now);
    for (const one of made.occurrences) cadenceOf.set(one.id, cadence);
    planned.push(...made.occurrences);
    steps.push(made.step);
  }
  const inserted = await insertOccurrences(trx, planned);
  const toAsk = planned.filter((one) => inserted.has(one.id) && one.closesAt > now);
  await planAsks(trx, toAsk, cadenceOf, now);
  await advanceCadences(trx, steps);
  return { claimed: due.length, occurrences: inserted.size };
}

/** After weeks of downtime one cadence owes several occurrences; each is made, and those over are closed. */
function occurrencesOf(
  cadence: DueCadence,
  now: Date,
): { occurrences: OccurrenceToPlan[]; step: CadenceStep } {
  const occurrences: OccurrenceToPlan[] = [];
  let next = cadence.next;
  while (next.planAt <= now) {
    const following = nextPlanned(cadence.rule, cadence.timeZone, next.dueAt.getTime());
    occurrences.push({
      workspaceId: cadence.workspaceId,
      id: randomUUID(),
      cadenceId: cadence.id,
      period: next.period,
      kind: cadence.kind,
      askedId: cadence.askedId,
      aboutId: cadence.aboutId,
      dueAt: next.dueAt,
      // What is unfinished closes when the next falls due.
      closesAt: following.dueAt,
    });
    next = following;
  }
  return { occurrences, step: { workspaceId: cadence.workspaceId, id: cadence.id, next } };
}
