import { settleDelivery } from '#storage/deliveries.ts';
import { insertMessages, markMessage } from '#storage/messages.ts';
import { lockOccurrencesOf, markAsked } from '#storage/occurrences.ts';
import { allowanceOf, blockMethod, noteCalls } from '#storage/slack-limits.ts';
import { deferUnclear, takeUnclear, type UnclearDelivery } from '#storage/unclear-deliveries.ts';
import { meterOf } from './meter.ts';
import type { Progress } from './progress.ts';
import { type ConversationRead, type ReadResult, readOn } from './read-conversation.ts';
import { type Draining, limitsFor } from './settings.ts';

const method = 'conversations.history';

/** Slack's clock and ours need not agree to the second. */
const clocksApart = 5 * 60_000;

/** Slack will not let this conversation be read; only an operator can say whether the message is there. */
const unreadable = new Set([
  'missing_scope',
  'channel_not_found',
  'not_in_channel',
  'access_denied',
  'no_permission',
]);
const unreadableAgain = 6 * 60 * 60_000;
const readAgain = 30_000;

/**
 * Settles what was begun and whose end is unclear: once the quarantine is over, the conversation is searched
 * for the message's key. Found means delivered; not found means that it may be posted again. Where the
 * conversation cannot be read, uncertain stays uncertain.
 */
export async function reconcile(draining: Draining): Promise<Progress> {
  const { context, workspaceId } = draining;
  const { clock, database, quarantine } = context;
  const machineNow = clock.machineNow();
  const { unclear, pages } = await database.inWorkspace(workspaceId, async (trx) => {
    const now = new Date(machineNow);
    const allowed = await allowanceOf(trx, workspaceId, method, limitsFor(context), now);
    if (allowed.calls === 0) return { unclear: [], pages: 0 };
    const lookAgainAt = new Date(machineNow + quarantine);
    const overdue = new Date(machineNow - quarantine);
    return { unclear: await takeUnclear(trx, workspaceId, overdue, now, lookAgainAt), pages: allowed.calls };
  });
  const reading = { pages };
  for (const [channel, deliveries] of Map.groupBy(unclear, (one) => one.channel)) {
    if (draining.stopping() || reading.pages === 0) break;
    const goOn = await settleConversation(draining, channel, deliveries, machineNow, reading);
    if (!goOn) break;
  }
  return { moved: unclear.length, again: undefined };
}

/** False when Slack wants no more reading for now. */
async function settleConversation(
  draining: Draining,
  channel: string,
  deliveries: UnclearDelivery[],
  machineNow: number,
  /** How many pages may still be read. */
  reading: { pages: number },
): Promise<boolean> {
  const { context, workspaceId, unfinishedReads } = draining;
  const { clock, log, quarantine } = context;
  const name = `${workspaceId} ${channel}`;
  const isCovered = (one: UnclearDelivery, read: ConversationRead): boolean =>
    one.intentAt.getTime() + quarantine <= read.startedAt &&
    one.intentAt.getTime() - clocksApart >= read.oldest;
  const begun = unfinishedReads.get(name);
  const read =
    begun !== undefined && deliveries.some((one) => isCovered(one, begun))
      ? begun
      : newRead(deliveries, machineNow);
  const covered = deliveries.filter((one) => isCovered(one, read));

  const before = reading.pages;
  const result = await readOn(
    context.slack.client(workspaceId),
    channel,
    read,
    covered.map((one) => one.postKey),
    reading,
  );
  if (result.kind === 'complete' || read.cursor === undefined) unfinishedReads.delete(name);
  else unfinishedReads.set(name, read);

  if (before > reading.pages) {
    meterOf(context).answered(method, result.kind === 'complete' ? 'ok' : result.answer);
  }
  const pages = before - reading.pages;
  await settleRead(
    draining,
    channel,
    covered,
    read,
    result,
    limitsFor(context)[method] === undefined ? 0 : pages,
  );
  log.info({ workspaceId, channel, deliveries: covered.length, read: result }, 'unclear messages looked for');
  if (result.kind === 'complete' || result.retryAfter === undefined) return true;
  const { answer, retryAfter } = result;
  const until = new Date(clock.machineNow() + retryAfter * 1000);
  await context.database.inWorkspace(workspaceId, (trx) =>
    blockMethod(trx, workspaceId, method, until, answer),
  );
  return false;
}

function newRead(deliveries: UnclearDelivery[], machineNow: number): ConversationRead {
  const oldest = Math.min(...deliveries.map((one) => one.intentAt.getTime())) - clocksApart;
  return { startedAt: machineNow, oldest, keys: new Map(), cursor: undefined };
}

async function settleRead(
  { context, workspaceId }: Draining,
  channel: string,
  deliveries: UnclearDelivery[],
  read: ConversationRead,
  result: ReadResult,
  pages: number,
): Promise<void> {
  const { clock, database } = context;
  const at = new Date(clock.now());
  await database.inWorkspace(workspaceId, async (trx) => {
    await noteCalls(trx, workspaceId, method, pages, new Date(clock.machineNow()));
    await lockOccurrencesOf(
      trx,
      workspaceId,
      deliveries.map((one) => one.id),
    );
    for (const one of deliveries) {
      const base = { id: one.id, fence: one.fence };
      const ts = read.keys.get(one.postKey);
      if (ts !== undefined) {
        const answer = 'found_in_conversation';
        const ours = await settleDelivery(trx, workspaceId, {
          ...base,
          to: 'delivered',
          answer,
          settledAt: at,
        });
        if (!ours) continue;
        // What it says was composed by whoever posted it, and may be out of date by now: it is shown anew.
        await insertMessages(trx, workspaceId, [
          { id: one.id, deliveryId: one.id, channel, ts, contentHash: '', postedAt: at },
        ]);
        await markAsked(trx, workspaceId, [one.id], at);
        await markMessage(trx, workspaceId, one.id);
      } else if (result.kind === 'complete') {
        await settleDelivery(trx, workspaceId, {
          ...base,
          to: 'pending',
          answer: 'not_found_in_conversation',
        });
      } else {
        const retryAt = new Date(clock.machineNow() + waitAfter(result));
        await deferUnclear(trx, workspaceId, { ...base, answer: result.answer, retryAt });
      }
    }
  });
}

function waitAfter({ answer, retryAfter }: Extract<ReadResult, { kind: 'stopped' }>): number {
  if (unreadable.has(answer)) return unreadableAgain;
  return retryAfter === undefined ? readAgain : retryAfter * 1000;
}
