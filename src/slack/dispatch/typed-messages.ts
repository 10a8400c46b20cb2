import type { App } from '@slack/bolt';
import { firstTimeSeen } from '#services/first-time-seen.ts';
import type { AppContext } from '../../context.ts';
import type { Feature, Request } from '../feature.ts';
import { answerToTyped } from '../menu/listeners.ts';
import { asker } from './asker.ts';

interface MessageEvent {
  channel: string;
  channel_type?: string;
  subtype?: string;
  user?: string;
  bot_id?: string;
  thread_ts?: string;
}

/** Our own posts, edits and joins come as messages too; these are what a person typed. */
const typedByPerson = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** Somebody wrote to the app: they get an answer that says what can be done, once and where they wrote. */
export function dispatchTypedMessages(app: App, context: AppContext, features: readonly Feature[]): void {
  const help = features.flatMap((feature) => feature.help);

  app.event('message', async ({ event, body, context: bolt, client }) => {
    const { channel, channel_type, subtype, user, bot_id, thread_ts } = event as MessageEvent;
    if (channel_type !== 'im' || !typedByPerson.has(subtype)) return;
    if (bot_id !== undefined || user === undefined) return;
    const request: Request = asker(context, bolt, client, user);
    if (!(await firstTimeSeen(context, request.workspaceId, body.event_id))) return;
    const answer = await answerToTyped(request, help);
    const inThread = thread_ts === undefined ? {} : { thread_ts };
    await client.chat.postMessage({ channel, ...answer, ...inThread });
  });
}
