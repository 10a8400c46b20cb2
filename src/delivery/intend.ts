import { mayBeMessaged } from '#domain/people.ts';
import type { MessageContent } from '#services/message-content.ts';
import type { Trx } from '#storage/database.ts';
import { type DueDelivery, dropLocked, lockDueDeliveries, recordIntent } from '#storage/deliveries.ts';
import { blockedMethods } from '#storage/slack-limits.ts';
import { compose } from './compose.ts';
import type { Draining } from './settings.ts';

/** Few enough that a batch is through well before its fence falls; what does not make it is released. */
const batch = 20;

/** A message that this process, and nobody else, is about to post. */
export interface Intended {
  delivery: DueDelivery;
  fence: number;
  channel: string;
  content: MessageContent;
}

export interface Intent {
  messages: Intended[];
  dropped: number;
  /** More may be due than was taken. */
  full: boolean;
  /** When it was formed, by both clocks; taken before the commit, so that the fence never falls too late. */
  at: { machine: number; monotonic: number };
}

/** Decides about what is due and commits the intent to post it, before anything is posted. */
export async function intend({ context, workspaceId }: Draining): Promise<Intent> {
  const { clock, database } = context;
  const business = new Date(clock.now());
  return database.inWorkspace(workspaceId, async (trx) => {
    const at = { machine: clock.machineNow(), monotonic: clock.monotonic() };
    const machine = new Date(at.machine);
    const blocked = await blockedMethods(trx, workspaceId, machine);
    if (blocked.has('chat.postMessage')) return { messages: [], dropped: 0, full: false, at };
    const due = await lockDueDeliveries(trx, workspaceId, { business, machine }, batch);
    const messages: Intended[] = [];
    const dropped: { id: string; reason: string }[] = [];
    for (const delivery of due) {
      const decided = await decide(trx, context, workspaceId, delivery);
      if ('drop' in decided) dropped.push({ id: delivery.id, reason: decided.drop });
      else messages.push(decided);
    }
    await dropLocked(trx, workspaceId, dropped, business);
    const intents = messages.map(({ delivery, channel }) => ({ id: delivery.id, channel }));
    await recordIntent(trx, workspaceId, intents, machine);
    return { messages, dropped: dropped.length, full: due.length === batch, at };
  });
}

async function decide(
  trx: Trx,
  context: Draining['context'],
  workspaceId: string,
  delivery: DueDelivery,
): Promise<Intended | { drop: string }> {
  const { receiverStatus, dmChannel } = delivery;
  if (!mayBeMessaged(receiverStatus) || dmChannel === null) return { drop: `receiver_${receiverStatus}` };
  const { content, nothingLeft } = await compose(trx, context, workspaceId, delivery);
  if (nothingLeft) return { drop: 'nothing_left_to_ask' };
  return { delivery, fence: delivery.fence + 1, channel: dmChannel, content };
}
