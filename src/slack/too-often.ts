import type { App, BlockAction, SlackViewAction } from '@slack/bolt';
import type { AppContext } from '../context.ts';
import { asker } from './dispatch/asker.ts';
import { tellInModal } from './dispatch/replies.ts';
import { wordsModal } from './modal.ts';
import { type Pace, turns } from './pace.ts';

const moment = 'A moment, please: that was a lot in one minute.';
const pressed = `${moment} This was not done. Wait a few seconds and try again.`;
const filledIn = `${moment} Nothing was saved yet, and what you filled in is kept. Press again in a few seconds.`;

type Ack = (answer?: object) => Promise<void>;

/**
 * Whoever asks more often than a person can is not served, so that one of them, or a program in their name, cannot keep
 * the others waiting. What Slack tells by itself, and what it asks while somebody types, is not theirs.
 */
export function refuseTooOften(app: App, context: AppContext, pace: Pace): void {
  const monotonic = (): number => context.clock.monotonic();
  const isTheirTurn = turns(pace, monotonic);
  /** To say so where they pressed costs a call to Slack, which is not to become as many as they press. */
  const isToldAgain = turns({ atOnce: 3, aMinute: 30 }, monotonic);
  app.use(async ({ context: bolt, body, next, ...args }) => {
    const userId = whoAsks(body);
    if (userId === undefined) return next();
    const person = `${String(bolt['workspaceId'])} ${userId}`;
    if (isTheirTurn(person)) return next();
    const { ack, respond } = args as { ack: Ack; respond?: (message: object) => Promise<unknown> };
    const message = { response_type: 'ephemeral', replace_original: false, text: pressed };
    if ('command' in body) return ack(message);
    if ('view' in body && body.type === 'view_submission') return ack(kept(body as SlackViewAction));
    await ack();
    if (!isToldAgain(person)) return;
    context.log.warn(
      { workspaceId: bolt['workspaceId'], userId },
      'somebody presses more often than people do',
    );
    const { response_url: url, trigger_id: triggerId, view } = body as BlockAction;
    if (url) await respond?.(message);
    else if (triggerId) {
      const request = { ...asker(context, bolt, userId), triggerId };
      await tellInModal(request, view?.type, { text: pressed });
    }
  });
}

/** Of commands, presses, shortcuts and forms. */
function whoAsks(body: object): string | undefined {
  if ('command' in body) return String((body as { user_id?: unknown }).user_id);
  const { type, user } = body as { type?: string; user?: { id: string } };
  return counted.has(type ?? '') ? user?.id : undefined;
}

const counted = new Set(['block_actions', 'view_submission', 'shortcut', 'message_action']);

/** The form stays as it is. One without fields has no place for an error; the words come on top of it. */
function kept({ view }: SlackViewAction): object {
  const first = (view.blocks as { type: string; block_id?: string }[]).find(({ type }) => type === 'input');
  return first?.block_id === undefined
    ? { response_action: 'push', view: wordsModal('Sideline', pressed) }
    : { response_action: 'errors', errors: { [first.block_id]: filledIn } };
}
