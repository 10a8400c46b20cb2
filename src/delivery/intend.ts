import type { Settings } from '#domain/settings.ts';
import { betweenPosts } from '#domain/slack-limits.ts';
import type { MessageContent } from '#services/message-content.ts';
import { type CarryOver, carryOver } from '#storage/carry.ts';
import {
  type DueDelivery,
  dropLocked,
  letWait,
  lockDueDeliveries,
  recordIntent,
} from '#storage/deliveries.ts';
import { leaveOutSettled } from '#storage/folding.ts';
import { receiversOf } from '#storage/receivers.ts';
import { currentSettings } from '#storage/settings.ts';
import { allowanceOf } from '#storage/slack-limits.ts';
import { together } from '#storage/together.ts';
import { type ComposeBatch, type Composed, withComposed } from './compose.ts';
import { budgetSince, decideDelivery, type Receivers } from './decide.ts';
import type { SettledDelivery } from './meter.ts';
import { type Draining, limitsFor } from './settings.ts';

/** Few enough that a batch is through well before its fence falls; what does not make it is released. */
const batch = 20;

const method = 'chat.postMessage';

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
  /** What was dropped, or left to a card. */
  ended: SettledDelivery[];
  /** More may be due than was taken. */
  full: boolean;
  /** When more may go out, in machine time, where Slack takes no more for now. */
  again: number | undefined;
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
    const allowed = await allowanceOf(trx, workspaceId, method, limitsFor(context), machine);
    if (allowed.calls === 0)
      return { messages: [], ended: [], full: false, again: allowed.again?.getTime(), at };
    const most = Math.min(batch, allowed.calls);
    const due = await lockDueDeliveries(trx, workspaceId, { business, machine }, most);
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
    const ended: SettledDelivery[] = [];
    const waiting: { id: string; until: Date }[] = [];
    for (const [index, delivery] of due.entries()) {
      const decided = decide(context, delivery, composed[index], { ...among, machine: at.machine });
      if ('wait' in decided) waiting.push({ id: delivery.id, until: decided.wait });
      else if ('drop' in decided) {
        dropped.push({ id: delivery.id, reason: decided.drop });
        ended.push({ kind: delivery.kind, to: 'dropped' });
      } else if ('carry' in decided) {
        carried.push(decided.carry);
        ended.push({ kind: delivery.kind, to: 'folded' });
      } else messages.push(decided);
    }
    await dropLocked(trx, workspaceId, dropped, business);
    await carryOver(trx, workspaceId, carried, business);
    const intents = messages.map(({ delivery, channel, sentOn }) => ({ id: delivery.id, channel, sentOn }));
    await recordIntent(trx, workspaceId, intents, machine);
    await allowed.use(intents.length);
    await letWait(trx, workspaceId, waiting);
    const again = waiting.length > 0 ? at.machine + betweenPosts : undefined;
    return { messages, ended, full: due.length === most || carried.length > 0, again, at };
  });
}

function decide(
  context: Draining['context'],
  delivery: DueDelivery,
  composed: Composed | undefined,
  { receivers, settings, machine }: { receivers: Receivers; settings: Settings; machine: number },
): Intended | { drop: string } | { carry: CarryOver } | { wait: Date } {
  if (composed === undefined) throw new Error(`delivery ${delivery.id} was not composed`);
  const { content, nothingLeft, hasOtherForm } = composed;
  // Before it could count for anything: what asks for nothing takes no place in the budget.
  if (nothingLeft) return { drop: 'nothing_left_to_ask' };
  const decision = decideDelivery(delivery, receivers, settings, {
    business: context.clock.now(),
    machine,
    between: limitsFor(context)[method] === undefined ? 0 : betweenPosts,
  });
  if (decision.kind === 'drop') return { drop: decision.because };
  if (decision.kind === 'wait') return { wait: decision.until };
  if (decision.kind === 'carry') return { carry: decision.over };
  const { channel, sentOn } = decision;
  return { delivery, fence: delivery.fence + 1, channel, sentOn, content, hasOtherForm };
}
