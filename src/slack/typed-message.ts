import type { WebClient } from '@slack/web-api';
import { firstTimeSeen } from '#services/first-time-seen.ts';
import { findAsker } from '#services/find-reports.ts';
import type { AppContext } from '../context.ts';
import { unknownPerson } from './help/listeners.ts';

interface TypedMessage {
  event: { channel: string; channel_type?: string; subtype?: string | undefined; user?: string; bot_id?: string };
  eventId: string;
}

/** Somebody wrote to the app: they get an answer that says what can be done, once. */
export async function answerTypedMessage(
  context: AppContext,
  client: WebClient,
  workspaceId: string,
  { event, eventId }: { event: object; eventId: string },
  words: readonly string[],
): Promise<void> {
  const message = event as TypedMessage['event'];
  // Our own posts, edits and joins come as messages too; only what a person typed is answered.
  if (message.channel_type !== 'im' || message.subtype !== undefined) return;
  if (message.bot_id !== undefined || message.user === undefined) return;
  if (!(await firstTimeSeen(context, workspaceId, eventId))) return;
  const asker = await findAsker(context, workspaceId, message.user);
  const text =
    asker.roles === undefined
      ? unknownPerson(asker.keepers).text
      : `I do not read messages here, so nothing of this is kept. What works: ${words
          .map((word) => `\`/coach ${word}\``)
          .join(', ')}.`;
  await client.chat.postMessage({ channel: message.channel, text });
}
