import type { MemberStatus } from '#domain/people.ts';
import { findMember } from '#storage/members.ts';
import type { ServiceContext } from '../context.ts';
import { becomeThese } from './follow-people.ts';

/** Somebody is from now on as if they had left Slack, or come back. */
export async function noteStatus(
  context: ServiceContext,
  workspaceId: string,
  userId: string,
  status: MemberStatus,
): Promise<void> {
  const now = new Date(context.clock.now());
  const changed = await context.database.inWorkspace(workspaceId, async (trx) => {
    const before = await findMember(trx, workspaceId, userId);
    if (before === undefined || before.status === status) return false;
    await becomeThese(trx, workspaceId, [{ before, after: { ...before, status } }], now, 'sideline');
    return true;
  });
  // Messages that ask about them have changed.
  if (changed) context.wake(workspaceId);
}
