import { nextAttemptAt } from '#domain/delivery.ts';
import { deferDeliveriesOf, dropDeliveriesOf, receiversWithoutConversation } from '#storage/deliveries.ts';
import { saveDmChannel } from '#storage/members.ts';
import { isForGood } from './outcome.ts';
import { slackAnswerOf } from './slack-answer.ts';
import type { Draining } from './settings.ts';

/**
 * A conversation is opened, and its id kept, before anything is posted in it: an edit needs the id, and the
 * lost answer of a post to a bare user id would hide where to look for it.
 */
export async function openConversations({ context, workspaceId, stopping }: Draining): Promise<void> {
  const { clock, database } = context;
  const now = { business: new Date(clock.now()), machine: new Date(clock.machineNow()) };
  const receivers = await database.inWorkspace(workspaceId, (trx) =>
    receiversWithoutConversation(trx, workspaceId, now),
  );
  for (const userId of receivers) {
    if (stopping()) return;
    const opened = await openConversation(context, workspaceId, userId);
    await database.inWorkspace(workspaceId, async (trx) => {
      if (opened.kind === 'opened') return saveDmChannel(trx, workspaceId, userId, opened.channel);
      if (opened.forGood) {
        return dropDeliveriesOf(trx, workspaceId, userId, opened.answer, new Date(clock.now()));
      }
      const retryAt = new Date(nextAttemptAt(clock.machineNow(), 3, opened.retryAfter));
      return deferDeliveriesOf(trx, workspaceId, userId, opened.answer, retryAt);
    });
  }
}

type Opened =
  | { kind: 'opened'; channel: string }
  | { kind: 'refused'; answer: string; forGood: boolean; retryAfter: number | undefined };

async function openConversation(
  { slack, log }: Draining['context'],
  workspaceId: string,
  userId: string,
): Promise<Opened> {
  try {
    const { channel } = await slack.client(workspaceId).conversations.open({ users: userId });
    if (channel?.id === undefined) throw new Error('conversations.open named no channel');
    return { kind: 'opened', channel: channel.id };
  } catch (error) {
    const { answer, retryAfter } = slackAnswerOf(error);
    log.warn({ workspaceId, userId, answer }, 'a conversation could not be opened');
    return { kind: 'refused', answer, forGood: isForGood(answer), retryAfter };
  }
}
