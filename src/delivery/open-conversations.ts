import { nextAttemptAt } from '#domain/delivery.ts';
import { deferDeliveriesOf, dropDeliveriesOf, receiversWithoutConversation } from '#storage/conversations.ts';
import { saveDmChannel } from '#storage/members.ts';
import { allowanceOf, blockMethod, noteCalls } from '#storage/slack-limits.ts';
import { meterOf } from './meter.ts';
import { isForGood } from './outcome.ts';
import type { Progress } from './progress.ts';
import { type Draining, limitsFor } from './settings.ts';
import { slackAnswerOf } from './slack-answer.ts';

const method = 'conversations.open';

/** Opening is no matter of moments: what keeps it from being opened seldom passes in less. */
const attemptsTaken = 3;

/** As many as are posted in one batch: those whose conversations stand need not wait for all the others. */
const slice = 20;

/**
 * A conversation is opened, and its id kept, before anything is posted in it: an edit needs the id, and the
 * lost answer of a post to a bare user id would hide where to look for it.
 */
export async function openConversations({ context, workspaceId, stopping }: Draining): Promise<Progress> {
  const { clock, database } = context;
  const now = { business: new Date(clock.now()), machine: new Date(clock.machineNow()) };
  const { receivers, again } = await database.inWorkspace(workspaceId, async (trx) => {
    const allowed = await allowanceOf(trx, workspaceId, method, limitsFor(context), now.machine);
    const waiting = await receiversWithoutConversation(trx, workspaceId, now);
    const receivers = waiting.slice(0, Math.min(slice, allowed.calls));
    const atOnce = now.machine.getTime();
    const again = receivers.length < waiting.length ? (allowed.again?.getTime() ?? atOnce) : undefined;
    return { receivers, again };
  });
  let tried = 0;
  for (const userId of receivers) {
    if (stopping()) break;
    const opened = await openConversation(context, workspaceId, userId);
    tried += 1;
    meterOf(context).answered(method, opened.kind === 'opened' ? 'ok' : opened.answer);
    await database.inWorkspace(workspaceId, async (trx) => {
      if (limitsFor(context)[method] !== undefined) {
        await noteCalls(trx, workspaceId, method, 1, new Date(clock.machineNow()));
      }
      if (opened.kind === 'opened') return saveDmChannel(trx, workspaceId, userId, opened.channel);
      const { answer, retryAfter } = opened;
      if (isForGood(answer)) return dropDeliveriesOf(trx, workspaceId, userId, answer, new Date(clock.now()));
      const retryAt = new Date(nextAttemptAt(clock.machineNow(), attemptsTaken, retryAfter));
      await deferDeliveriesOf(trx, workspaceId, userId, answer, retryAt);
      if (retryAfter !== undefined) await blockMethod(trx, workspaceId, method, retryAt, answer);
    });
    // The limit is the workspace's: the others would be refused as well.
    if (opened.kind === 'refused' && opened.retryAfter !== undefined) break;
  }
  return { moved: tried, again };
}

type Opened =
  | { kind: 'opened'; channel: string }
  | { kind: 'refused'; answer: string; retryAfter: number | undefined };

async function openConversation(
  { slack, log }: Draining['context'],
  workspaceId: string,
  userId: string,
): Promise<Opened> {
  try {
    const { channel } = await slack.client(workspaceId).conversations.open({ users: userId });
    if (channel?.id !== undefined) return { kind: 'opened', channel: channel.id };
    return { kind: 'refused', answer: 'no_channel_named', retryAfter: undefined };
  } catch (error) {
    const { answer, retryAfter } = slackAnswerOf(error);
    log.warn({ workspaceId, userId, answer }, 'a conversation could not be opened');
    return { kind: 'refused', answer, retryAfter };
  }
}
