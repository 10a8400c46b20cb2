import { randomUUID } from 'node:crypto';
import { closesAt, planAhead } from '#domain/duty.ts';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { nextPlanned } from '#services/next-planned.ts';
import { settingsOfMany } from '#storage/asks.ts';
import type { Database, Trx } from '#storage/database.ts';
import {
  advanceCadences,
  type CadenceStep,
  claimDueCadences,
  type DueCadence,
  insertOccurrences,
  type OccurrenceToPlan,
} from '#storage/due-cadences.ts';

/** Together in a transaction: more share its cost, fewer keep a person from changing a slot for less time. */
const batch = 1000;

/** While one batch is calculated here, the other is written by the database. */
const atOnce = 2;

/** Makes the occurrences of all cadences whose time to be planned has come; says how many. */
export async function planOccurrences(database: Pick<Database, 'inPlanner'>, now: Date): Promise<number> {
  const made = await Promise.all(Array.from({ length: atOnce }, () => planUntilDone(database, now)));
  return made.reduce((sum, one) => sum + one, 0);
}

async function planUntilDone(database: Pick<Database, 'inPlanner'>, now: Date): Promise<number> {
  let occurrences = 0;
  for (let more = true; more; ) {
    const made = await database.inPlanner((trx) => planBatch(trx, now));
    occurrences += made.occurrences;
    more = made.claimed === batch;
  }
  return occurrences;
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
  return { claimed: due.length, occurrences: inserted };
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
