import { randomUUID } from 'node:crypto';
import { defaultOneOnOneRule } from '#domain/duty.ts';
import { toLocal } from '#domain/time/zone.ts';
import { currentCadences, endCadence, insertCadence } from '#storage/cadences.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import { excuseOpenOf } from '#storage/occurrences.ts';
import { currentLines } from '#storage/reporting.ts';
import { nextPlanned } from './next-planned.ts';

/**
 * Gives every manager–rep pair its weekly 1:1, and ends those of pairs that are none any more. What a former
 * pair has logged stays theirs; what is still open between them is excused, since nobody can answer for it.
 */
export async function alignOneOnOnes(
  trx: Trx,
  workspaceId: string,
  people: Map<string, Member>,
  at: { now: Date; started: boolean },
): Promise<void> {
  const lines = await currentLines(trx, workspaceId);
  const pairs = new Map(
    lines
      .filter(({ repId, managerId }) => people.get(repId)?.roles.includes('rep') && people.has(managerId))
      .map((line) => [pairKey(line.managerId, line.repId), line]),
  );
  for (const cadence of await currentCadences(trx, workspaceId)) {
    if (cadence.kind !== 'one_on_one' || pairs.delete(pairKey(cadence.askedId, cadence.aboutId))) continue;
    await endCadence(trx, workspaceId, cadence.id, at.now);
    await excuseOpenOf(trx, workspaceId, cadence.id, 'manager_changed', at.now);
  }
  for (const { repId, managerId } of pairs.values()) {
    const zone = people.get(managerId)?.timeZone ?? 'UTC';
    const rule = defaultOneOnOneRule(toLocal(at.now.getTime(), zone).date);
    await insertCadence(
      trx,
      { workspaceId, id: randomUUID(), kind: 'one_on_one', askedId: managerId, aboutId: repId, rule },
      // Nothing is planned in a workspace that has not been started.
      at.started ? nextPlanned(rule, zone, at.now.getTime()) : undefined,
    );
  }
}

const pairKey = (managerId: string, repId: string): string => `${managerId} ${repId}`;
