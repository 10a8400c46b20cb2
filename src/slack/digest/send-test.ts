import { isAboutBlocks } from '#domain/delivery.ts';
import { countPost } from '#services/count-post.ts';
import type { DigestFigures } from '#services/measure-digest.ts';
import type { MessageContent } from '#services/message-content.ts';
import { slackErrorOf } from '#services/slack-error.ts';
import type { Request } from '../feature.ts';
import { digestInWords, digestMessage } from './message.ts';

/** Posts the digest as it stands to whoever asked for it, and says how that went. */
export async function sendTest(request: Request, figures: DigestFigures): Promise<string> {
  const answer = await post(request, digestMessage(figures));
  if (answer === undefined) return 'Sent to you, in your messages with Sideline. Nobody else sees it.';
  if (isAboutBlocks(answer) && (await post(request, digestInWords(figures))) === undefined) {
    return 'Sent to you, in words: this Slack did not take the table and charts, so the channel gets words as well.';
  }
  request.context.log.warn({ answer }, 'a test of the digest was not posted');
  return 'Slack did not take the test just now. Nothing was changed; try again in a minute.';
}

/** What Slack said where it refused. */
async function post(
  { context, workspaceId, client, userId }: Request,
  { text, blocks }: MessageContent,
): Promise<string | undefined> {
  try {
    await client.chat.postMessage({ channel: userId, text: `A test, for you alone. ${text}`, blocks });
    await countPost(context, workspaceId);
    return undefined;
  } catch (error) {
    const refusal = slackErrorOf(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}
