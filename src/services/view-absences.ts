import { toLocal } from '#domain/time/zone.ts';
import { type AbsenceRow, absencesFrom } from '#storage/absences.ts';
import { findMember } from '#storage/members.ts';
import type { ServiceContext } from '../context.ts';

export interface AbsencesShown {
  today: string;
  isManager: boolean;
  /** Current and to come. */
  absences: AbsenceRow[];
}

/** When somebody is away, for themself; undefined for somebody the product does not know. */
export async function viewAbsences(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  memberId: string,
): Promise<AbsencesShown | undefined> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const member = await findMember(trx, workspaceId, memberId);
    if (member === undefined) return undefined;
    const { date: today } = toLocal(now, member.timeZone);
    const absences = await absencesFrom(trx, workspaceId, memberId, today);
    return { today, isManager: member.roles.includes('manager'), absences };
  });
}
