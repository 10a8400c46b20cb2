import { mayBeMessaged } from '#domain/people.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { standInsNow } from '#storage/absences.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, type Member } from '#storage/members.ts';
import { relationsTo } from '#storage/relations.ts';
import { takesPractice } from './align-practice.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

/** Why somebody may not say what another practises. */
export type NotYoursToAssign =
  | { kind: 'you_are_unknown' }
  | { kind: 'yourself' }
  | { kind: 'rep_unknown'; repId: string }
  | { kind: 'not_active'; repName: string }
  | { kind: 'not_a_rep'; repName: string }
  | { kind: 'not_your_report'; repName: string }
  /** Which wave it is, is for the manager and not for who stands in. */
  | { kind: 'no_practice'; repName: string; because: 'wave' | 'not_told' };

/** The rep whose practice somebody may decide on, as things stand in this transaction. */
export async function repToCoach(
  trx: Trx,
  workspaceId: string,
  { viewerId, repId, now }: { viewerId: string; repId: string; now: number },
): Promise<Result<Member, NotYoursToAssign>> {
  if ((await findMember(trx, workspaceId, viewerId)) === undefined) {
    return refused({ kind: 'you_are_unknown' });
  }
  if (viewerId === repId) return refused({ kind: 'yourself' });
  const rep = await findMember(trx, workspaceId, repId);
  if (rep === undefined || rep.status === 'bot') return refused({ kind: 'rep_unknown', repId });
  const standIns = await standInsNow(trx, workspaceId, new Date(now));
  const asking = { workspaceId, viewerId, subjectId: repId, standIns };
  const repName = rep.name;
  if (!(await may(trx, asking, 'assign_practice')))
    return denied({ kind: 'not_your_report', repName }, repId);
  if (!mayBeMessaged(rep.status)) return refused({ kind: 'not_active', repName });
  if (!rep.roles.includes('rep')) return refused({ kind: 'not_a_rep', repName });
  return done(rep);
}

/** The same for somebody to whom an item is to be given. */
export async function repToAssignTo(
  trx: Trx,
  workspaceId: string,
  asking: { viewerId: string; repId: string; now: number },
): Promise<Result<Member, NotYoursToAssign>> {
  const found = await repToCoach(trx, workspaceId, asking);
  if (!found.ok || takesPractice(found.value)) return found;
  const relations = await relationsTo(trx, workspaceId, asking.viewerId, asking.repId);
  const because = relations.includes('manager') ? 'wave' : 'not_told';
  return refused({ kind: 'no_practice', repName: found.value.name, because });
}
