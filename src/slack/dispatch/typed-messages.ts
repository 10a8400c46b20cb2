import type { App } from '@slack/bolt';
import { firstTimeSeen } from '#services/first-time-seen.ts';
import type { AppContext } from '../../context.ts';
import type { Feature, TypedRequest } from '../feature.ts';
import { answerToTyped } from '../menu/listeners.ts';
import { postAnswer } from '../post-answer.ts';
import { asker } from './asker.ts';

interface MessageEvent {
  channel: string;
  channel_type?: string;
  subtype?: string;
  user?: string;
  bot_id?: string;
  thread_ts?: string;
  text?: string | null;
}

/** Our own posts, edits and joins come as messages too; these are what a person typed. */
const typedByPerson = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** Somebody wrote to the app: they get an answer that says what can be done, once and where they wrote. */
export function dispatchTypedMessages(app: App, context: AppContext, features: readonly Feature[]): void {
  const help = features.flatMap((feature) => feature.help);

  app.event('message', async ({ event, body, context: bolt }) => {
    const { channel, channel_type, subtype, user, bot_id, thread_ts, text } = event as MessageEvent;
    if (channel_type !== 'im' || !typedByPerson.has(subtype)) return;
    if (bot_id !== undefined || user === undefined) return;
    const request = { ...asker(context, bolt, user), channel, threadTs: thread_ts, text: text ?? '' };
    if (!(await firstTimeSeen(context, request.workspaceId, body.event_id))) return;
    const answer = (await taken(request, features)) ?? (await answerToTyped(request, help));
    if (answer === 'silent') return;
    const inThread = thread_ts === undefined ? {} : { thread_ts };
    await postAnswer(request, { channel, ...answer, ...inThread });
  });
}

/** What a feature makes of it. Slack's event counts as seen by now, so a failure has to be said at once. */
async function taken(
  request: TypedRequest,
  features: readonly Feature[],
): Promise<{ text: string } | 'silent' | undefined> {
  try {
    for (const { typed } of features) {
      const answer = await typed?.(request);
      if (answer !== undefined) return answer;
    }
    return undefined;
  } catch (error) {
    request.context.log.error({ err: error }, 'a typed message was not taken');
    return { text: 'That was not kept: something did not work just now. Send it again in a minute.' };
  }
}
