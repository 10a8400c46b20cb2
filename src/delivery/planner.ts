import { followUpPractice } from '#services/follow-up-practice.ts';
import { planDigests } from '#services/plan-digests.ts';
import type { Trx } from '#storage/database.ts';
import { markMessagesShowing } from '#storage/messages.ts';
import { letFallDue } from '#storage/occurrences.ts';
import type { AppContext } from '../context.ts';
import { closeOverdue } from './close-overdue.ts';
import { planAsks } from './plan-asks.ts';
import { planOccurrences } from './plan-occurrences.ts';

export interface Planned {
  occurrences: number;
  fellDue: number;
  expired: number;
  excused: number;
}

export interface PlannedAhead {
  counts: Planned;
  /** Where a message was planned for somebody with whom there is no conversation yet. */
  toOpenIn: ReadonlySet<string>;
}

const batch = 500;

/** Makes what is to be made, lets fall due what is due, and ends what is over; across all workspaces. */
export async function plan(context: Pick<AppContext, 'database' | 'clock'>): Promise<PlannedAhead> {
  const counts: Planned = { occurrences: 0, fellDue: 0, expired: 0, excused: 0 };
  const toOpenIn = new Set<string>();
  await planDue(context, counts, toOpenIn);
  // What has closed unanswered may be wanted again within the week that is planned ahead.
  if ((await followUpPractice(context)) > 0) await planDue(context, counts, toOpenIn);
  return { counts, toOpenIn };
}

async function planDue(
  { database, clock }: Pick<AppContext, 'database' | 'clock'>,
  counts: Planned,
  toOpenIn: Set<string>,
): Promise<void> {
  const now = new Date(clock.now());
  counts.occurrences += await planOccurrences(database, now);
  for (let more = true; more; ) {
    more = await database.inPlanner(async (trx) => {
      // After closing: what is over is not asked any more.
      const { fellDue, over } = await moveOn(trx, now);
      counts.fellDue += fellDue;
      for (const { state } of over) counts[state === 'expired' ? 'expired' : 'excused'] += 1;
      if (over.length === batch) return true;
      const asked = await planAsks(trx, now, batch);
      counts.excused += asked.excused;
      for (const workspaceId of asked.toOpenIn) toOpenIn.add(workspaceId);
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
