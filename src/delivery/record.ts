import { isAboutBlocks, nextAttemptAt } from '#domain/delivery.ts';
import { noteDigestRefused } from '#services/digest-trouble.ts';
import { forgetConversation } from '#storage/conversations.ts';
import type { Trx } from '#storage/database.ts';
import { type Settlement, settleDelivery } from '#storage/deliveries.ts';
import { insertMessages, markEarlierMessages, markMessage, type PostedMessage } from '#storage/messages.ts';
import { lockOccurrencesOf, markAsked } from '#storage/occurrences.ts';
import { blockMethod } from '#storage/slack-limits.ts';
import { compose } from './compose.ts';
import { hashContent } from './content-hash.ts';
import type { Intended } from './intend.ts';
import type { PostOutcome } from './outcome.ts';
import type { Draining } from './settings.ts';

export interface Posted {
  message: Intended;
  outcome: PostOutcome;
}

/** Writes down what came of a batch. What somebody else has taken over meanwhile is theirs to settle. */
export async function record({ context, workspaceId, unwatched }: Draining, posted: Posted[]): Promise<void> {
  const { clock, database, log } = context;
  const at = new Date(clock.now());
  await database.inWorkspace(workspaceId, async (trx) => {
    const sent = posted.filter(({ outcome }) => outcome.kind === 'sent');
    await lockOccurrencesOf(
      trx,
      workspaceId,
      sent.map(({ message }) => message.delivery.id),
    );
    const standing: { message: Intended; row: PostedMessage }[] = [];
    for (const { message, outcome } of posted) {
      const settlement = settlementOf(message, outcome, at, clock.machineNow());
      const ours = await settleDelivery(trx, workspaceId, settlement);
      if (outcome.kind === 'sent' && ours) standing.push({ message, row: rowOf(message, outcome, at) });
      if (outcome.kind === 'refused') await heed(trx, { context, workspaceId }, message, outcome);
      if (ours && settlement.to === 'dropped' && 'channel' in message.delivery.to) {
        const { id, kind } = message.delivery;
        const refused = { deliveryId: id, kind, channel: message.channel, answer: settlement.answer };
        await noteDigestRefused(trx, workspaceId, refused, clock.now());
      }
      if (outcome.kind !== 'sent') {
        const { to, answer } = settlement;
        log.info({ workspaceId, delivery: message.delivery.id, to, answer }, 'a message was not delivered');
      }
    }
    await insertMessages(
      trx,
      workspaceId,
      standing.map(({ row }) => row),
    );
    await markAsked(
      trx,
      workspaceId,
      standing.map(({ row }) => row.deliveryId),
      at,
    );
    await markEarlierMessages(
      trx,
      workspaceId,
      standing.map(({ row }) => row.deliveryId),
    );
    if (unwatched) return;
    // A posted message is there to be pressed before it is recorded: what was pressed found no message to mark.
    for (const { message, row } of standing) {
      const { content } = await compose(trx, context, workspaceId, message.delivery);
      if (hashContent(content) !== row.contentHash) await markMessage(trx, workspaceId, row.id);
    }
  });
}

function rowOf(
  message: Intended,
  { channel, ts }: { channel: string; ts: string },
  postedAt: Date,
): PostedMessage {
  const { id } = message.delivery;
  return { id, deliveryId: id, channel, ts, contentHash: hashContent(message.content), postedAt };
}

type Refused = Extract<PostOutcome, { kind: 'refused' }>;

/** What a refusal says beyond this one message. */
async function heed(
  trx: Trx,
  { context, workspaceId }: Pick<Draining, 'context' | 'workspaceId'>,
  message: Intended,
  { answer, retryAfter }: Refused,
): Promise<void> {
  if (retryAfter !== undefined) {
    const until = new Date(context.clock.machineNow() + retryAfter * 1000);
    await blockMethod(trx, workspaceId, 'chat.postMessage', until, answer);
  }
  const { to } = message.delivery;
  if (answer === unknownConversation && 'receiverId' in to) {
    await forgetConversation(trx, workspaceId, to.receiverId, message.channel);
  }
}

/** Of a conversation that was opened by an earlier installation, for one; opened anew, it may be known again. */
const unknownConversation = 'channel_not_found';

function isFinal({ delivery }: Intended, { answer, forGood }: Refused): boolean {
  // A channel is not opened by us: one that is not known will not be known the next time.
  if (answer === unknownConversation && 'receiverId' in delivery.to) {
    return delivery.lastAnswer === unknownConversation;
  }
  return forGood;
}

function settlementOf(message: Intended, outcome: PostOutcome, at: Date, machineNow: number): Settlement {
  const { delivery, fence } = message;
  const base = { id: delivery.id, fence };
  const later = (retryAfter?: number): Date =>
    new Date(nextAttemptAt(machineNow, delivery.attempts + 1, retryAfter));
  switch (outcome.kind) {
    case 'sent':
      return { ...base, to: 'delivered', answer: 'ok', settledAt: at };
    case 'unclear':
      return { ...base, to: 'uncertain', answer: outcome.answer };
    case 'released':
      return { ...base, to: 'pending', answer: 'released' };
    case 'unreached':
      return { ...base, to: 'pending', answer: outcome.answer, retryAt: later() };
    case 'refused': {
      const { answer, retryAfter } = outcome;
      // A refusal is certain: nothing was posted, so the same in words cannot be a second message.
      if (isAboutBlocks(answer) && message.hasOtherForm)
        return { ...base, to: 'pending', answer, asText: true };
      if (isFinal(message, outcome)) return { ...base, to: 'dropped', answer, reason: answer, settledAt: at };
      return { ...base, to: 'pending', answer, retryAt: later(retryAfter) };
    }
  }
}
