import { longestWait, mayStillPost } from '#domain/delivery.ts';
import { deferDelivery } from '#storage/deliveries.ts';
import { foldDue } from '#storage/folding.ts';
import { CannotCompose } from './compose.ts';
import { type Intended, type Intent, intend } from './intend.ts';
import type { PostOutcome } from './outcome.ts';
import { postMessage } from './post.ts';
import { type Posted, record } from './record.ts';
import type { Draining } from './settings.ts';

const eventType = 'sideline_delivery';

/** After so many posts in a row without any answer, Slack is taken to be away: the rest waits for the next tick. */
const patience = 3;

const released: PostOutcome = { kind: 'released' };

/** Posts what is due. Returns how many deliveries got on. */
export async function postDue(draining: Draining): Promise<number> {
  const { context, workspaceId } = draining;
  let moved = await context.database.inWorkspace(workspaceId, (trx) =>
    foldDue(trx, workspaceId, new Date(context.clock.now())),
  );
  while (!draining.stopping()) {
    const intent = await intendOrDefer(draining);
    if (intent === 'deferred') continue;
    moved += intent.settled;
    if (intent.messages.length === 0) {
      if (!intent.full) break;
      continue;
    }
    const posted = await postAll(draining, intent);
    await record(draining, posted);
    const tried = posted.filter(({ outcome }) => outcome.kind !== 'released');
    moved += tried.length;
    // What was released comes first in the next batch; a batch that was given up is for the next drain.
    if (tried.length === 0 || isEnough(posted.map(({ outcome }) => outcome))) break;
    if (!intent.full && tried.length === posted.length) break;
  }
  return moved;
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

/** One after the other; what is intended and not begun goes back at once, so that nobody need wait for it. */
async function postAll(draining: Draining, intent: Intent): Promise<Posted[]> {
  const outcomes: PostOutcome[] = [];
  for (const message of intent.messages) {
    const giveUp = draining.stopping() || isEnough(outcomes);
    outcomes.push(giveUp ? released : await post(draining, message, intent.at));
  }
  return intent.messages.map((message, index) => ({ message, outcome: outcomes[index] ?? released }));
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
      isInTime(intent, { machine: clock.machineNow(), monotonic: clock.monotonic() }, quarantine),
  });
}
