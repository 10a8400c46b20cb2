import { nextAttemptAt } from '#domain/delivery.ts';
import { countedFor } from '#domain/slack-limits.ts';
import {
  deferDeliveriesOf,
  dropDeliveriesOf,
  noteNotOpened,
  receiversAhead,
  receiversWithoutConversation,
  saveConversations,
} from '#storage/conversations.ts';
import type { Trx } from '#storage/database.ts';
import { type Allowance, allowanceOf, blockMethod } from '#storage/slack-limits.ts';
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
export function openConversations(draining: Draining): Promise<Progress> {
  const { context, workspaceId } = draining;
  const { clock } = context;
  const business = new Date(clock.now());
  return openSome(draining, {
    waiting: (trx, machine) => receiversWithoutConversation(trx, workspaceId, { business, machine }),
    mayTake: ({ calls }) => calls,
    async refused(trx, userId, { answer, retryAfter }) {
      if (isForGood(answer)) return dropDeliveriesOf(trx, workspaceId, userId, answer, business);
      const retryAt = new Date(nextAttemptAt(clock.machineNow(), attemptsTaken, retryAfter));
      await deferDeliveriesOf(trx, workspaceId, userId, { answer, at: business, retryAt });
    },
  });
}

/**
 * The same for what is planned and not due yet, so that the first wave of a new workspace finds its conversations open:
 * Slack lets fewer of them be opened in a minute than messages be posted. It leaves half of that for what is due.
 */
export function openAhead(draining: Draining): Promise<Progress> {
  const { context, workspaceId } = draining;
  const limit = limitsFor(context)[method];
  const kept = limit === undefined ? 0 : Math.ceil(limit / 2);
  return openSome(draining, {
    waiting: (trx) => receiversAhead(trx, workspaceId, new Date(context.clock.now()), slice + 1),
    mayTake: ({ calls }) => Math.max(0, calls - kept),
    // It is tried anew when the message is due, and what comes of that is what counts.
    refused: (trx, userId, { answer }) => noteNotOpened(trx, workspaceId, userId, answer),
  });
}

interface Opening {
  /** Who has no conversation, those who need it first before the others. */
  waiting(trx: Trx, machine: Date): Promise<string[]>;
  mayTake(allowed: Allowance): number;
  refused(trx: Trx, userId: string, refusal: Refused): Promise<void>;
}

async function openSome(draining: Draining, opening: Opening): Promise<Progress> {
  const { context, workspaceId, stopping } = draining;
  const { clock, database } = context;
  const machine = new Date(clock.machineNow());
  const { receivers, again } = await database.inWorkspace(workspaceId, async (trx) => {
    const allowed = await allowanceOf(trx, workspaceId, method, limitsFor(context), machine);
    const waiting = await opening.waiting(trx, machine);
    const most = opening.mayTake(allowed);
    const receivers = waiting.slice(0, Math.min(slice, most));
    await allowed.use(receivers.length);
    const goesOn =
      most > 0 ? machine.getTime() : (allowed.again?.getTime() ?? machine.getTime() + countedFor);
    return { receivers, again: receivers.length < waiting.length ? goesOn : undefined };
  });
  const tried: Tried[] = [];
  for (const userId of receivers) {
    if (stopping()) break;
    const opened = await openConversation(context, workspaceId, userId);
    tried.push({ userId, opened });
    meterOf(context).answered(method, opened.kind === 'opened' ? 'ok' : opened.answer);
    // The limit is the workspace's: the others would be refused as well.
    if (opened.kind === 'refused' && opened.retryAfter !== undefined) break;
  }
  if (tried.length > 0) await recordTried(draining, tried, opening);
  return { moved: tried.length, again };
}

interface Tried {
  userId: string;
  opened: Opened;
}

/** Of those that a process takes with it when it dies nothing is lost: opened again, a conversation is the same. */
async function recordTried(
  { context, workspaceId }: Draining,
  tried: readonly Tried[],
  { refused }: Opening,
): Promise<void> {
  const { clock, database } = context;
  await database.inWorkspace(workspaceId, async (trx) => {
    const conversations = tried.flatMap(({ userId, opened }) =>
      opened.kind === 'opened' ? [{ userId, channel: opened.channel }] : [],
    );
    await saveConversations(trx, workspaceId, conversations);
    for (const { userId, opened } of tried) {
      if (opened.kind === 'opened') continue;
      await refused(trx, userId, opened);
      const { answer, retryAfter } = opened;
      if (retryAfter === undefined) continue;
      const until = new Date(nextAttemptAt(clock.machineNow(), attemptsTaken, retryAfter));
      await blockMethod(trx, workspaceId, method, until, answer);
    }
  });
}

type Opened = { kind: 'opened'; channel: string } | Refused;

interface Refused {
  kind: 'refused';
  answer: string;
  retryAfter: number | undefined;
}

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
