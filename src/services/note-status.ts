import type { MemberStatus } from '#domain/people.ts';
import { findMember, listMembers, setStatus } from '#storage/members.ts';
import type { ServiceContext } from '../context.ts';
import { alignCadences } from './align-cadences.ts';
import { setManagers } from './set-managers.ts';

/**
 * Somebody left, became a guest, or came back. Of who left nobody is asked any more: what was open about them is
 * excused, and their work stays with whoever did it. Who comes back has a manager again with the next import.
 */
export async function noteStatus(
  context: ServiceContext,
  workspaceId: string,
  userId: string,
  status: MemberStatus,
): Promise<void> {
  const now = new Date(context.clock.now());
  const changed = await context.database.inWorkspace(workspaceId, async (trx) => {
    const member = await findMember(trx, workspaceId, userId);
    if (member === undefined || member.status === status) return false;
    await setStatus(trx, workspaceId, userId, status, now);
    if (status === 'active') return true;
    await setManagers(trx, workspaceId, new Map([[userId, undefined]]), now);
    const people = new Map((await listMembers(trx, workspaceId)).map((one) => [one.id, one]));
    await alignCadences(trx, workspaceId, people, now);
    return true;
  });
  // Messages that ask about them have changed.
  if (changed) context.wake(workspaceId);
}
