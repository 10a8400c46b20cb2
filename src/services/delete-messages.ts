import type { WebClient } from '@slack/web-api';
import { noteInAudit } from '#storage/audit.ts';
import {
  claimMessagesToDelete,
  closeMessagesToDelete,
  putOffMessagesToDelete,
  settleMessageToDelete,
  workspacesWithMessagesToDelete,
} from '#storage/messages-to-delete.ts';
import type { ServiceContext } from '../context.ts';
import { retryAfterOf, slackErrorOf } from './slack-error.ts';

type DeleteContext = Pick<ServiceContext, 'clock' | 'database'>;

/** Slack allows fifty a minute in a workspace. */
const inAMinute = 40;
const leaseFor = 2 * 60_000;
/** Slack is not there, or takes the token no more. */
const againAfter = 60 * 60_000;

export function workspacesToDeleteIn({ clock, database }: DeleteContext): Promise<string[]> {
  const now = new Date(clock.machineNow());
  return database.inPlanner((trx) => workspacesWithMessagesToDelete(trx, now, 100));
}

/** What Slack says of a message that it will never delete, or that is not there. */
const gone = new Set(['message_not_found', 'channel_not_found']);
const final = new Set(['cant_delete_message', 'compliance_exports_prevent_deletion', 'is_inactive']);

/**
 * Deletes the next of the messages to somebody who was erased. Deleting twice does no harm: Slack says that there is
 * none. Answers what stood in the way, if something did.
 */
export async function deleteMessages(
  { clock, database }: DeleteContext,
  client: WebClient,
  workspaceId: string,
  goesOn: () => boolean,
): Promise<{ error: unknown } | undefined> {
  const machine = clock.machineNow();
  const lease = { now: new Date(machine), leaseUntil: new Date(machine + leaseFor) };
  const claimed = await database.inWorkspace(workspaceId, (trx) =>
    claimMessagesToDelete(trx, workspaceId, lease, inAMinute),
  );
  for (const message of claimed) {
    if (!goesOn()) break;
    let outcome: 'deleted' | 'refused' = 'deleted';
    try {
      await client.chat.delete(message);
    } catch (error) {
      const word = slackErrorOf(error) ?? '';
      if (!gone.has(word) && !final.has(word)) {
        const wait = (retryAfterOf(error) ?? againAfter / 1000) * 1000;
        const until = new Date(clock.machineNow() + wait);
        await database.inWorkspace(workspaceId, (trx) => putOffMessagesToDelete(trx, workspaceId, until));
        return { error };
      }
      if (final.has(word)) outcome = 'refused';
    }
    await database.inWorkspace(workspaceId, (trx) =>
      settleMessageToDelete(trx, workspaceId, message, outcome),
    );
  }
  await database.inWorkspace(workspaceId, async (trx) => {
    const detail = await closeMessagesToDelete(trx, workspaceId);
    if (detail === undefined) return;
    const at = new Date(clock.now());
    await noteInAudit(trx, workspaceId, { actorId: 'sideline', what: 'messages_deleted', detail, at });
  });
  return undefined;
}
