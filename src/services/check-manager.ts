import { mayBeMessaged } from '#domain/people.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, type Member, membersById } from '#storage/members.ts';
import { chainAbove } from '#storage/reporting-chain.ts';

export type ManagerProblem =
  | { kind: 'manager'; why: 'unknown' | 'yourself' }
  | { kind: 'manager'; why: 'not_a_manager' | 'not_here'; name: string }
  /** Names upwards from the one who was to get the manager, to them again. */
  | { kind: 'circle'; names: string[] };

/** Whether somebody can manage these people from now on. */
export async function checkManager(
  trx: Trx,
  workspaceId: string,
  managerId: string,
  repIds: readonly string[],
): Promise<Result<Member, ManagerProblem>> {
  if (repIds.includes(managerId)) return refused({ kind: 'manager', why: 'yourself' });
  const manager = await findMember(trx, workspaceId, managerId);
  if (manager === undefined) return refused({ kind: 'manager', why: 'unknown' });
  const { name } = manager;
  if (!mayBeMessaged(manager.status)) return refused({ kind: 'manager', why: 'not_here', name });
  if (!manager.roles.includes('manager')) return refused({ kind: 'manager', why: 'not_a_manager', name });
  const above = await chainAbove(trx, workspaceId, managerId);
  const end = above.findIndex((id) => repIds.includes(id));
  if (end === -1) return done(manager);
  const circle = [...above.slice(0, end + 1)];
  const names = new Map((await membersById(trx, workspaceId, circle)).map((one) => [one.id, one.name]));
  const closed = [circle[end] ?? managerId, ...circle];
  return refused({ kind: 'circle', names: closed.map((id) => names.get(id) ?? id) });
}
