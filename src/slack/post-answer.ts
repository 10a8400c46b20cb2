import { setTimeout } from 'node:timers/promises';
import type { ChatPostMessageArguments, WebClient } from '@slack/web-api';
import { countPost } from '#services/count-post.ts';
import type { AppContext } from '../context.ts';
import { secondsToRest } from './home/rest.ts';

/** Who is told to come back later than that has stopped waiting, in seconds. */
const longestRest = 90;

/**
 * Posts what somebody waits for. It asks for no room and is counted before it is tried, so that scheduled posts leave room
 * for it; where a wave has used up the minute all the same, it is the first to go out after the break that Slack asks for.
 */
export async function postAnswer(
  { context, workspaceId, client }: { context: AppContext; workspaceId: string; client: WebClient },
  message: ChatPostMessageArguments,
): Promise<void> {
  await countPost(context, workspaceId);
  try {
    await client.chat.postMessage(message);
  } catch (error) {
    const seconds = secondsToRest(error);
    if (seconds === undefined || seconds > longestRest) throw error;
    context.log.info({ workspaceId, seconds }, 'an answer waits for the break that Slack asked for');
    await setTimeout(Math.max(1, seconds) * 1000, undefined, { ref: false });
    // A refusal is certain: nothing was posted the first time.
    await client.chat.postMessage(message);
  }
}
