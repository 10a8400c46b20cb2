import { longestWait, mayStillPost } from '#domain/delivery.ts';
import { slackErrorOf } from '#services/slack-error.ts';
import { deferDelivery } from '#storage/deliveries.ts';
import { foldDue } from '#storage/folding.ts';
import { CannotCompose } from './compose.ts';
import { type Intended, type Intent, intend } from './intend.ts';
import { meterOf } from './meter.ts';
import type { PostOutcome } from './outcome.ts';
import { postMessage } from './post.ts';
import type { Progress } from './progress.ts';
import { type Posted, record } from './record.ts';
import type { Draining } from './settings.ts';

const eventType = 'sideline_delivery';

/** After so many posts in a row without any answer, Slack is taken to be away: the rest waits for the next tick. */
const patience = 3;

const released: PostOutcome = { kind: 'released' };

/** After so many batches the other workspaces have their turn; what is left goes on behind them. */
const slice = 5;

/** Posts what is due, in the order in which it fell due. */
export async function postDue(draining: Draining): Promise<Progress> {
  const { context, workspaceId } = draining;
  const meter = meterOf(context);
  const folded = await context.database.inWorkspace(workspaceId, (trx) =>
    foldDue(trx, workspaceId, new Date(context.clock.now())),
  );
  for (const kind of folded) meter.settled({ kind, to: 'folded' });
  let moved = folded.length;
  for (let batches = 0; !draining.stopping(); batches += 1) {
    if (batches === slice) return { moved, again: context.clock.machineNow() };
    const intent = await intendOrDefer(draining);
    if (intent === 'deferred') continue;
    for (const one of intent.ended) meter.settled(one);
    moved += intent.ended.length;
    if (intent.messages.length === 0) {
      if (!intent.full) return { moved, again: intent.again };
      continue;
    }
    const posted = await postAll(draining, intent);
    await record(draining, posted);
    const tried = posted.filter(({ outcome }) => outcome.kind !== 'released');
    moved += tried.length;
    // What was released comes first in the next batch; a batch that was given up is for the next drain.
    const outcomes = posted.map(({ outcome }) => outcome);
    if (tried.length === 0 || isEnough(outcomes)) return { moved, again: whenAsked(outcomes, context.clock) };
    if (!intent.full && tried.length === posted.length) return { moved, again: intent.again };
  }
  return { moved, again: undefined };
}

async function intendOrDefer(draining: Draining): Promise<Intent | 'deferred'> {
  const { context, workspaceId } = draining;
  try {
    return await intend(draining);
  } catch (error) {
    if (!(error instanceof CannotCompose)) throw error;
    context.log.error(
      { err: error, workspaceId, delivery: error.deliveryId },
      'a message cannot be composed',
    );
    const retryAt = new Date(context.clock.machineNow() + longestWait);
    await context.database.inWorkspace(workspaceId, (trx) =>
      deferDelivery(trx, workspaceId, error.deliveryId, 'cannot_be_composed', retryAt),
    );
    return 'deferred';
  }
}

/** An answer takes Slack a few tenths of a second: one after the other they would not use up what Slack allows. */
const atOnce = 4;

/**
 * Begun in their order, one alone until Slack has taken one: a Slack that is away or wants a break is asked once.
 * What is intended and not begun goes back at once, so that nobody need wait for it.
 */
async function postAll(draining: Draining, intent: Intent): Promise<Posted[]> {
  const outcomes = new Map<Intended, PostOutcome>();
  const waiting = intent.messages.values();
  const postOn = async (isOver: (latest: PostOutcome) => boolean): Promise<void> => {
    while (!draining.stopping() && !isEnough([...outcomes.values()])) {
      const { value: message } = waiting.next();
      if (message === undefined) return;
      const outcome = await post(draining, message, intent.at);
      outcomes.set(message, outcome);
      if (isOver(outcome)) return;
    }
  };
  await postOn(({ kind }) => kind === 'sent');
  await Promise.all(Array.from({ length: atOnce }, () => postOn(() => false)));
  return intent.messages.map((message) => ({ message, outcome: outcomes.get(message) ?? released }));
}

/** Slack said when. */
function whenAsked(
  outcomes: PostOutcome[],
  { machineNow }: Draining['context']['clock'],
): number | undefined {
  const seconds = outcomes.flatMap((one) =>
    one.kind === 'refused' && one.retryAfter !== undefined ? [one.retryAfter] : [],
  );
  return seconds.length === 0 ? undefined : machineNow() + Math.max(...seconds) * 1000;
}

function isEnough(outcomes: PostOutcome[]): boolean {
  if (outcomes.some((one) => one.kind === 'refused' && one.retryAfter !== undefined)) return true;
  const tried = outcomes.filter((one) => one.kind !== 'released');
  return tried.length >= patience && tried.slice(-patience).every(isUnanswered);
}

const isUnanswered = ({ kind }: PostOutcome): boolean => kind === 'unclear' || kind === 'unreached';

async function post(
  { context, workspaceId }: Draining,
  one: Intended,
  intent: Intent['at'],
): Promise<PostOutcome> {
  const { clock, slack, quarantine, callTimeout } = context;
  const isInTime = context.mayStillPost ?? mayStillPost;
  const token = await tokenFor(slack, workspaceId);
  if ('kind' in token) return token;
  const outcome = await postMessage({
    apiUrl: slack.url,
    token: token.text,
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
      isInTime(intent, { machine: clock.machineNow(), monotonic: clock.monotonic() }, quarantine),
  });
  if (outcome.kind === 'refused') await slack.refused(workspaceId, token.text, outcome.answer);
  return outcome;
}

/** Without a token nothing can be posted: certainly, and for now. */
async function tokenFor(
  slack: Draining['context']['slack'],
  workspaceId: string,
): Promise<{ text: string } | PostOutcome> {
  try {
    return { text: await slack.token(workspaceId) };
  } catch (error) {
    const answer = slackErrorOf(error);
    if (answer === undefined) throw error;
    return { kind: 'refused', answer, forGood: false };
  }
}
