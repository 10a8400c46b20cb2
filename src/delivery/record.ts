import { isAboutBlocks, nextAttemptAt } from '#domain/delivery.ts';
import { noteDigestRefused } from '#services/digest-trouble.ts';
import { forgetConversation } from '#storage/conversations.ts';
import type { Trx } from '#storage/database.ts';
import { type Settlement, settleDeliveries } from '#storage/deliveries.ts';
import { insertMessages, markEarlierMessages, markMessages, type PostedMessage } from '#storage/messages.ts';
import { lockOccurrencesOf, markAsked } from '#storage/occurrences.ts';
import { blockMethod } from '#storage/slack-limits.ts';
import { CannotCompose, composeAtOnce } from './compose.ts';
import { hashContent } from './content-hash.ts';
import type { Intended } from './intend.ts';
import { meterOf } from './meter.ts';
import type { PostOutcome } from './outcome.ts';
import type { Draining } from './settings.ts';

export interface Posted {
  message: Intended;
  outcome: PostOutcome;
}

/** A message that stands in Slack, and its row. */
interface Standing {
  message: Intended;
  row: PostedMessage;
}

/** Which of them say something else by now. */
type WhichChanged = (trx: Trx, standing: readonly Standing[]) => Promise<readonly Standing[]>;

/** Writes down what came of a batch. What somebody else has taken over meanwhile is theirs to settle. */
export async function record(draining: Draining, posted: Posted[]): Promise<void> {
  const { context, workspaceId, unwatched } = draining;
  if (unwatched) return recordWith(draining, posted, async () => []);
  try {
    await recordWith(draining, posted, (trx, standing) => changedSince(trx, draining, standing));
  } catch (error) {
    if (!(error instanceof CannotCompose)) throw error;
    context.log.error(
      { err: error, workspaceId, delivery: error.deliveryId },
      'a message cannot be composed',
    );
    // That they stand in Slack must not be lost over it. Whoever edits them finds the one, and leaves it for later.
    await recordWith(draining, posted, async (_, standing) => standing);
  }
}

async function recordWith(
  { context, workspaceId }: Draining,
  posted: Posted[],
  whichChanged: WhichChanged,
): Promise<void> {
  const { clock, database, log } = context;
  const at = new Date(clock.now());
  const recorded = await database.inWorkspace(workspaceId, async (trx) => {
    const sent = posted.filter(({ outcome }) => outcome.kind === 'sent');
    await lockOccurrencesOf(
      trx,
      workspaceId,
      sent.map(({ message }) => message.delivery.id),
    );
    const settled = posted.map(({ message, outcome }) => ({
      message,
      outcome,
      settlement: settlementOf(message, outcome, at, clock.machineNow()),
    }));
    const ours = await settleDeliveries(
      trx,
      workspaceId,
      settled.map(({ settlement }) => settlement),
    );
    const standing: Standing[] = [];
    for (const { message, outcome, settlement } of settled) {
      const isOurs = ours.has(settlement.id);
      if (outcome.kind === 'sent' && isOurs) standing.push({ message, row: rowOf(message, outcome, at) });
      if (outcome.kind === 'refused') await heed(trx, { context, workspaceId }, message, outcome);
      if (isOurs && settlement.to === 'dropped' && 'channel' in message.delivery.to) {
        const { id, kind } = message.delivery;
        const refused = { deliveryId: id, kind, channel: message.channel, answer: settlement.answer };
        await noteDigestRefused(trx, workspaceId, refused, clock.now());
      }
      if (outcome.kind !== 'sent') {
        const { to, answer } = settlement;
        log.info({ workspaceId, delivery: message.delivery.id, to, answer }, 'a message was not delivered');
      }
    }
    const rows = standing.map(({ row }) => row);
    const deliveryIds = rows.map((row) => row.deliveryId);
    await insertMessages(trx, workspaceId, rows);
    await markAsked(trx, workspaceId, deliveryIds, at);
    await markEarlierMessages(trx, workspaceId, deliveryIds);
    const changed = await whichChanged(trx, standing);
    await markMessages(
      trx,
      workspaceId,
      changed.map(({ row }) => row.id),
    );
    return settled.filter(({ settlement }) => ours.has(settlement.id));
  });
  count(context, recorded, at);
}

function count(
  context: Draining['context'],
  recorded: readonly { message: Intended; outcome: PostOutcome; settlement: Settlement }[],
  at: Date,
): void {
  const meter = meterOf(context);
  for (const { message, outcome, settlement } of recorded) {
    const { kind, dueAt } = message.delivery;
    const { to } = settlement;
    if (outcome.kind !== 'released') meter.answered('chat.postMessage', settlement.answer);
    if (to === 'delivered') meter.settled({ kind, to, late: (at.getTime() - dueAt.getTime()) / 1000 });
    else if (to === 'uncertain' || to === 'dropped') meter.settled({ kind, to });
  }
}

/** A posted message is there to be pressed before it is recorded: what was pressed found no message to mark. */
async function changedSince(
  trx: Trx,
  { context, workspaceId }: Draining,
  standing: readonly Standing[],
): Promise<Standing[]> {
  const deliveries = standing.map(({ message }) => message.delivery);
  const composed = await composeAtOnce(trx, context, workspaceId, deliveries);
  return standing.filter(({ row }, index) => {
    const content = composed[index]?.content;
    return content === undefined || hashContent(content) !== row.contentHash;
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
