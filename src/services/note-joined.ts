import { mayBeMessaged } from '#domain/people.ts';
import { erasedAmong } from '#storage/erasure.ts';
import { findMember } from '#storage/members.ts';
import { noteNewcomer } from '#storage/newcomers.ts';
import type { ServiceContext } from '../context.ts';
import { followPeople } from './follow-people.ts';
import type { SlackPerson } from './slack-people.ts';

/**
 * Somebody joined Slack. They get no message; that they are not in Sideline yet is counted for whoever imports people.
 * Who is known already, and was away, is back.
 */
export async function noteJoined(
  context: ServiceContext,
  workspaceId: string,
  person: SlackPerson,
): Promise<void> {
  const isKnown = await context.database.inWorkspace(workspaceId, async (trx) => {
    if ((await findMember(trx, workspaceId, person.id)) !== undefined) return true;
    // Whoever was erased is not written down again, not even as somebody who is missing.
    const erased = await erasedAmong(trx, workspaceId, [person.id]);
    if (mayBeMessaged(person.status) && erased.size === 0) {
      await noteNewcomer(trx, workspaceId, person.id, new Date(context.clock.now()));
    }
    return false;
  });
  if (isKnown) await followPeople(context, workspaceId, [person]);
}
