import { mayBeMessaged } from '#domain/people.ts';
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
    if (mayBeMessaged(person.status)) {
      await noteNewcomer(trx, workspaceId, person.id, new Date(context.clock.now()));
    }
    return false;
  });
  if (isKnown) await followPeople(context, workspaceId, [person]);
}
