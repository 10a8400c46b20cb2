import { type CountedEndings, countEndings } from '#domain/adherence.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay } from '#domain/time/zone.ts';
import type { Trx } from '#storage/database.ts';
import { occurrencesDue } from '#storage/measures.ts';

/** Civil dates in a zone, both included. */
export interface Period {
  from: string;
  until: string;
  zone: string;
}

export interface MeasuredAdherence extends CountedEndings {
  /** Fell due and has not ended yet: until it has, its duty's rate would be too good. */
  open: ReadonlyMap<DutyKind, number>;
}

/** How what fell due in a period ended, by duty. It belongs to the period in which it fell due, whenever it ended. */
export async function measureAdherence(
  trx: Trx,
  workspaceId: string,
  { from, until, zone }: Period,
  now: number,
): Promise<MeasuredAdherence> {
  const first = new Date(startOfDay(from, zone));
  const end = new Date(startOfDay(addDays(until, 1), zone));
  const occurrences = await occurrencesDue(trx, workspaceId, first, end);
  const open = new Map<DutyKind, number>();
  for (const { kind, state, dueAt } of occurrences) {
    if ((state === 'planned' || state === 'due') && dueAt.getTime() <= now) {
      open.set(kind, (open.get(kind) ?? 0) + 1);
    }
  }
  return { ...countEndings(occurrences), open };
}
