import { mayStillPost, nextAttemptAt } from '#domain/delivery.ts';
import { mayBeMessaged, type MemberStatus } from '#domain/people.ts';
import type { MessageContent } from '#services/message-content.ts';
import type { Trx } from '#storage/database.ts';
import {
  dropLocked,
  type DueDelivery,
  lockDueDeliveries,
  recordIntent,
  type Settlement,
  settleDelivery,
} from '#storage/deliveries.ts';
import { insertMessage } from '#storage/messages.ts';
import { markAsked } from '#storage/occurrences.ts';
import { blockedMethods, blockMethod } from '#storage/slack-limits.ts';
import { hashContent } from './content-hash.ts';
import type { PostOutcome } from './outcome.ts';
import { postMessage } from './post.ts';
import type { Draining } from './settings.ts';

/** Few enough that a batch is through well before its fence falls; what does not make it is released. */
const batch = 20;

const eventType = 'sideline_delivery';

interface Intended {
  delivery: DueDelivery;
  fence: number;
  channel: string;
  content: MessageContent;
}

interface Batch {
  intended: Intended[];
  intent: { machine: number; monotonic: number };
  locked: number;
}

export async function postDue(draining: Draining): Promise<{ delivered: number; uncertain: number }> {
  const counts = { delivered: 0, uncertain: 0 };
  while (!draining.stopping()) {
    const taken = await intend(draining);
    if (taken.locked === 0) break;
    const outcomes: { one: Intended; outcome: PostOutcome }[] = [];
    for (const one of taken.intended) {
      // What was intended and not begun goes back at once, so that another process need not wait for it.
      const outcome = draining.stopping() ? ({ kind: 'released' } as const) : await post(draining, one, taken.intent);
      outcomes.push({ one, outcome });
      if (isRateLimited(outcome)) break;
    }
    for (const one of taken.intended.slice(outcomes.length)) outcomes.push({ one, outcome: { kind: 'released' } });
    await record(draining, outcomes);
    counts.delivered += outcomes.filter(({ outcome }) => outcome.kind === 'sent').length;
    counts.uncertain += outcomes.filter(({ outcome }) => outcome.kind === 'unclear').length;
    if (outcomes.some(({ outcome }) => isRateLimited(outcome))) break;
  }
  return counts;
}

/** Decides about what is due and commits the intent to post it, before anything is posted. */
async function intend({ context, workspaceId }: Draining): Promise<Batch> {
  const { clock, database } = context;
  const business = new Date(clock.now());
  return database.inWorkspace(workspaceId, async (trx) => {
    const intent = { machine: clock.machineNow(), monotonic: clock.monotonic() };
    const machine = new Date(intent.machine);
    const blocked = await blockedMethods(trx, workspaceId, machine);
    if (blocked.has('chat.postMessage')) return { intended: [], intent, locked: 0 };
    const due = await lockDueDeliveries(trx, workspaceId, { business, machine }, batch);
    const intended: Intended[] = [];
    const dropped: { id: string; reason: string }[] = [];
    for (const delivery of due) {
      const decided = await decide(trx, context, workspaceId, delivery);
      if ('drop' in decided) dropped.push({ id: delivery.id, reason: decided.drop });
      else intended.push(decided);
    }
    await dropLocked(trx, workspaceId, dropped, business);
    await recordIntent(trx, workspaceId, intended.map(({ delivery, channel }) => ({ id: delivery.id, channel })), machine);
    return { intended, intent, locked: due.length };
  });
}

async function decide(
  trx: Trx,
  { composers }: Draining['context'],
  workspaceId: string,
  delivery: DueDelivery,
): Promise<Intended | { drop: string }> {
  if (!mayBeMessaged(delivery.receiverStatus as MemberStatus)) return { drop: `receiver_${delivery.receiverStatus}` };
  if (delivery.dmChannel === null) return { drop: 'no_conversation' };
  const { content, nothingLeft } = await composers[delivery.kind](trx, workspaceId, delivery.id);
  if (nothingLeft) return { drop: 'nothing_left_to_ask' };
  return { delivery, fence: delivery.fence + 1, channel: delivery.dmChannel, content };
}

async function post({ context, workspaceId }: Draining, one: Intended, intent: Batch['intent']): Promise<PostOutcome> {
  const { clock, slack, quarantine, callTimeout } = context;
  return postMessage({
    apiUrl: slack.url,
    token: slack.token(workspaceId),
    timeout: callTimeout,
    body: {
      channel: one.channel,
      ...one.content,
      // Anyone in the workspace can read metadata: the opaque key, and nothing else.
      metadata: { event_type: eventType, event_payload: { key: one.delivery.postKey } },
      unfurl_links: false,
      unfurl_media: false,
    },
    mayStillPost: () =>
      mayStillPost(intent, { machine: clock.machineNow(), monotonic: clock.monotonic() }, quarantine),
  });
}

async function record(
  { context, workspaceId }: Draining,
  outcomes: { one: Intended; outcome: PostOutcome }[],
): Promise<void> {
  const { clock, database, log } = context;
  const at = new Date(clock.now());
  await database.inWorkspace(workspaceId, async (trx) => {
    const asked: string[] = [];
    for (const { one, outcome } of outcomes) {
      const settlement = settlementOf(one, outcome, at, clock.machineNow());
      const stillOurs = await settleDelivery(trx, workspaceId, settlement);
      if (outcome.kind !== 'sent') {
        log.info({ workspaceId, delivery: one.delivery.id, answer: settlement.answer }, 'a message was not delivered');
      }
      if (isRateLimited(outcome) && outcome.kind === 'not_sent') {
        const until = new Date(clock.machineNow() + (outcome.retryAfter ?? 30) * 1000);
        await blockMethod(trx, workspaceId, 'chat.postMessage', until, outcome.answer);
      }
      if (outcome.kind !== 'sent' || !stillOurs) continue;
      asked.push(one.delivery.id);
      await insertMessage(trx, workspaceId, {
        id: one.delivery.id,
        deliveryId: one.delivery.id,
        channel: outcome.channel,
        ts: outcome.ts,
        contentHash: hashContent(one.content),
        postedAt: at,
      });
    }
    await markAsked(trx, workspaceId, asked, at);
  });
}

function settlementOf(one: Intended, outcome: PostOutcome, at: Date, machineNow: number): Settlement {
  const base = { id: one.delivery.id, fence: one.fence };
  switch (outcome.kind) {
    case 'sent':
      return { ...base, to: 'delivered', answer: 'ok', settledAt: at };
    case 'unclear':
      return { ...base, to: 'uncertain', answer: outcome.answer };
    case 'released':
      return { ...base, to: 'pending', answer: 'released' };
    case 'not_sent': {
      if (outcome.forGood) {
        return { ...base, to: 'dropped', answer: outcome.answer, reason: outcome.answer, settledAt: at };
      }
      const attempts = one.delivery.attempts + 1;
      const retryAt = new Date(nextAttemptAt(machineNow, attempts, outcome.retryAfter));
      return { ...base, to: 'pending', answer: outcome.answer, retryAt };
    }
  }
}

function isRateLimited(outcome: PostOutcome): boolean {
  return outcome.kind === 'not_sent' && outcome.retryAfter !== undefined;
}
