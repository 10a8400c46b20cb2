import type { Settings } from '#domain/settings.ts';
import type { MessageContent } from '#services/message-content.ts';
import { type CarryOver, carryOver } from '#storage/carry.ts';
import { type DueDelivery, dropLocked, lockDueDeliveries, recordIntent } from '#storage/deliveries.ts';
import { leaveOutSettled } from '#storage/folding.ts';
import { receiversOf } from '#storage/receivers.ts';
import { currentSettings } from '#storage/settings.ts';
import { blockedMethods } from '#storage/slack-limits.ts';
import { together } from '#storage/together.ts';
import { type ComposeBatch, type Composed, withComposed } from './compose.ts';
import { budgetSince, decideDelivery, type Receivers } from './decide.ts';
import type { Draining } from './settings.ts';

/** Few enough that a batch is through well before its fence falls; what does not make it is released. */
const batch = 20;

/** A message that this process, and nobody else, is about to post. */
export interface Intended {
  delivery: DueDelivery;
  fence: number;
  channel: string;
  /** The receiver's local date, for the budget; none where the receiver is a channel. */
  sentOn: string | null;
  content: MessageContent;
  hasOtherForm: boolean;
}

export interface Intent {
  messages: Intended[];
  /** How many were dropped, or left to a card. */
  settled: number;
  /** More may be due than was taken. */
  full: boolean;
  /** When it was formed, by both clocks; taken before the commit, so that the fence never falls too late. */
  at: { machine: number; monotonic: number };
}

/** Decides about what is due and commits the intent to post it, before anything is posted. */
export function intend(draining: Draining): Promise<Intent> {
  return withComposed((composeBatch) => intendWith(draining, composeBatch));
}

async function intendWith({ context, workspaceId }: Draining, composeBatch: ComposeBatch): Promise<Intent> {
  const { clock, database } = context;
  const business = new Date(clock.now());
  return database.inWorkspace(workspaceId, async (trx) => {
    const at = { machine: clock.machineNow(), monotonic: clock.monotonic() };
    const machine = new Date(at.machine);
    const blocked = await blockedMethods(trx, workspaceId, machine);
    if (blocked.has('chat.postMessage')) return { messages: [], settled: 0, full: false, at };
    const due = await lockDueDeliveries(trx, workspaceId, { business, machine }, batch);
    await leaveOutSettled(
      trx,
      workspaceId,
      due.map(({ id }) => id),
    );
    const receiverIds = due.flatMap(({ to }) => ('receiverId' in to ? [to.receiverId] : []));
    const [composed, settings, receivers] = await together([
      composeBatch(trx, context, workspaceId, due),
      currentSettings(trx, workspaceId),
      receiversOf(trx, workspaceId, receiverIds, budgetSince(clock.now())),
    ]);
    const among = { receivers, settings };
    const messages: Intended[] = [];
    const dropped: { id: string; reason: string }[] = [];
    const carried: CarryOver[] = [];
    for (const [index, delivery] of due.entries()) {
      const decided = decide(context, delivery, composed[index], among);
      if ('drop' in decided) dropped.push({ id: delivery.id, reason: decided.drop });
      else if ('carry' in decided) carried.push(decided.carry);
      else messages.push(decided);
    }
    await dropLocked(trx, workspaceId, dropped, business);
    await carryOver(trx, workspaceId, carried, business);
    const intents = messages.map(({ delivery, channel, sentOn }) => ({ id: delivery.id, channel, sentOn }));
    await recordIntent(trx, workspaceId, intents, machine);
    const settled = dropped.length + carried.length;
    return { messages, settled, full: due.length === batch || carried.length > 0, at };
  });
}

function decide(
  context: Draining['context'],
  delivery: DueDelivery,
  composed: Composed | undefined,
  { receivers, settings }: { receivers: Receivers; settings: Settings },
): Intended | { drop: string } | { carry: CarryOver } {
  if (composed === undefined) throw new Error(`delivery ${delivery.id} was not composed`);
  const { content, nothingLeft, hasOtherForm } = composed;
  // Before it could count for anything: what asks for nothing takes no place in the budget.
  if (nothingLeft) return { drop: 'nothing_left_to_ask' };
  const decision = decideDelivery(delivery, receivers, settings, context.clock.now());
  if (decision.kind === 'drop') return { drop: decision.because };
  if (decision.kind === 'carry') return { carry: decision.over };
  const { channel, sentOn } = decision;
  return { delivery, fence: delivery.fence + 1, channel, sentOn, content, hasOtherForm };
}
