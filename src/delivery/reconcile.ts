import { type Settlement, settleDeliveries } from '#storage/deliveries.ts';
import { insertMessages, markMessages, type PostedMessage } from '#storage/messages.ts';
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
  const { log, quarantine } = context;
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

  const pages = before - reading.pages;
  if (pages > 0) meterOf(context).answered(method, result.kind === 'complete' ? 'ok' : result.answer);
  await settleRead(draining, { channel, deliveries: covered, read, result, pages });
  log.info({ workspaceId, channel, deliveries: covered.length, read: result }, 'unclear messages looked for');
  return result.kind === 'complete' || result.retryAfter === undefined;
}

function newRead(deliveries: UnclearDelivery[], machineNow: number): ConversationRead {
  const oldest = Math.min(...deliveries.map((one) => one.intentAt.getTime())) - clocksApart;
  return { startedAt: machineNow, oldest, keys: new Map(), cursor: undefined };
}

interface Read {
  channel: string;
  deliveries: readonly UnclearDelivery[];
  read: ConversationRead;
  result: ReadResult;
  pages: number;
}

/**
 * A transaction for each conversation, as soon as it is read: a page may take Slack seconds, and what waited for the others
 * to be read would be somebody else's by then.
 */
async function settleRead(
  { context, workspaceId }: Draining,
  { channel, deliveries, read, result, pages }: Read,
): Promise<void> {
  const { clock, database } = context;
  const at = new Date(clock.now());
  const machineNow = clock.machineNow();
  await database.inWorkspace(workspaceId, async (trx) => {
    if (limitsFor(context)[method] !== undefined) {
      await noteCalls(trx, workspaceId, method, pages, new Date(machineNow));
    }
    if (result.kind === 'stopped' && result.retryAfter !== undefined) {
      const until = new Date(machineNow + result.retryAfter * 1000);
      await blockMethod(trx, workspaceId, method, until, result.answer);
    }
    await lockOccurrencesOf(
      trx,
      workspaceId,
      deliveries.map((one) => one.id),
    );
    const isFound = ({ postKey }: UnclearDelivery): boolean => read.keys.has(postKey);
    const settled = deliveries
      .filter((one) => result.kind === 'complete' || isFound(one))
      .map((one): Settlement => settlementOf(one, isFound(one), at));
    const ours = await settleDeliveries(trx, workspaceId, settled);
    const standing = deliveries.flatMap(({ id, postKey }): PostedMessage[] => {
      const ts = read.keys.get(postKey);
      if (ts === undefined || !ours.has(id)) return [];
      // What it says was composed by whoever posted it, and may be out of date by now: it is shown anew.
      return [{ id, deliveryId: id, channel, ts, contentHash: '', postedAt: at }];
    });
    const ids = standing.map(({ id }) => id);
    await insertMessages(trx, workspaceId, standing);
    await markAsked(trx, workspaceId, ids, at);
    await markMessages(trx, workspaceId, ids);
    if (result.kind === 'complete') return;
    const later = { answer: result.answer, retryAt: new Date(machineNow + waitAfter(result)) };
    const unsettled = deliveries.filter((one) => !isFound(one));
    await deferUnclear(trx, workspaceId, unsettled, later);
  });
}

function settlementOf({ id, fence }: UnclearDelivery, isFound: boolean, at: Date): Settlement {
  return isFound
    ? { id, fence, to: 'delivered', answer: 'found_in_conversation', settledAt: at }
    : { id, fence, to: 'pending', answer: 'not_found_in_conversation' };
}

function waitAfter({ answer, retryAfter }: Extract<ReadResult, { kind: 'stopped' }>): number {
  if (unreadable.has(answer)) return unreadableAgain;
  return retryAfter === undefined ? readAgain : retryAfter * 1000;
}
