import { randomUUID } from 'node:crypto';
import { closesAt, planAhead } from '#domain/duty.ts';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { followUpPractice } from '#services/follow-up-practice.ts';
import { nextPlanned } from '#services/next-planned.ts';
import { planDigests } from '#services/plan-digests.ts';
import { settingsOfMany } from '#storage/asks.ts';
import { advanceCadences, type CadenceStep, claimDueCadences, type DueCadence } from '#storage/cadences.ts';
import type { Trx } from '#storage/database.ts';
import { markMessagesShowing } from '#storage/messages.ts';
import { insertOccurrences, letFallDue, type OccurrenceToPlan } from '#storage/occurrences.ts';
import type { AppContext } from '../context.ts';
import { closeOverdue } from './close-overdue.ts';
import { planAsks } from './plan-asks.ts';

export interface Planned {
  occurrences: number;
  fellDue: number;
  expired: number;
  excused: number;
}

const batch = 500;

/** Makes what is to be made, lets fall due what is due, and ends what is over; across all workspaces. */
export async function plan(context: Pick<AppContext, 'database' | 'clock'>): Promise<Planned> {
  const counts: Planned = { occurrences: 0, fellDue: 0, expired: 0, excused: 0 };
  await planDue(context, counts);
  // What has closed unanswered may be wanted again within the week that is planned ahead.
  if ((await followUpPractice(context)) > 0) await planDue(context, counts);
  return counts;
}

async function planDue(
  { database, clock }: Pick<AppContext, 'database' | 'clock'>,
  counts: Planned,
): Promise<void> {
  const now = new Date(clock.now());
  for (let more = true; more; ) {
    more = await database.inPlanner(async (trx) => {
      const made = await planBatch(trx, now);
      counts.occurrences += made.occurrences;
      if (made.claimed === batch) return true;
      // After closing: what is over is not asked any more.
      const { fellDue, over } = await moveOn(trx, now);
      counts.fellDue += fellDue;
      for (const { state } of over) counts[state === 'expired' ? 'expired' : 'excused'] += 1;
      if (over.length === batch) return true;
      const asked = await planAsks(trx, now, batch);
      counts.excused += asked.excused;
      if (asked.claimed === batch) return true;
      return (await planDigests(trx, now, batch)) === batch;
    });
  }
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
  const settings = await settingsOfMany(trx, [...new Set(due.map((one) => one.workspaceId))]);
  const planned: OccurrenceToPlan[] = [];
  const steps: CadenceStep[] = [];
  for (const cadence of due) {
    const made = occurrencesOf(cadence, now, settings.get(cadence.workspaceId) ?? defaultSettings);
    planned.push(...made.occurrences);
    steps.push(made.step);
  }
  const inserted = await insertOccurrences(trx, planned);
  await advanceCadences(trx, steps);
  return { claimed: due.length, occurrences: inserted.size };
}

/** After weeks of downtime one cadence owes several occurrences; each is made, and those over are closed. */
function occurrencesOf(
  cadence: DueCadence,
  now: Date,
  settings: Settings,
): { occurrences: OccurrenceToPlan[]; step: CadenceStep } {
  const occurrences: OccurrenceToPlan[] = [];
  let next = cadence.next;
  while (next.planAt <= now) {
    const dueAt = next.dueAt.getTime();
    const following = nextPlanned(cadence, dueAt);
    const falling = { dueAt, following: following.dueAt.getTime(), zone: cadence.timeZone };
    occurrences.push({
      workspaceId: cadence.workspaceId,
      id: randomUUID(),
      cadenceId: cadence.id,
      period: next.period,
      kind: cadence.kind,
      askedId: cadence.askedId,
      aboutId: cadence.aboutId,
      dueAt: next.dueAt,
      closesAt: new Date(closesAt(cadence.kind, falling, settings)),
      askAt: new Date(dueAt - planAhead),
    });
    next = following;
  }
  return { occurrences, step: { workspaceId: cadence.workspaceId, id: cadence.id, next } };
}
