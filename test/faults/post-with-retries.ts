import { LogLevel, WebClient } from '@slack/web-api';
import type { PostOutcome } from '#delivery/outcome.ts';
import type { Post } from '#delivery/post.ts';

/** A post as Slack's library makes it where nobody says otherwise: repeated until there is an answer. */
export async function postMessage(post: Post): Promise<PostOutcome> {
  if (!post.mayStillPost()) return { kind: 'released' };
  const client = new WebClient(post.token, {
    slackApiUrl: post.apiUrl,
    // Without any, a call that is never answered would be waited for without end.
    timeout: post.timeout,
    logLevel: LogLevel.ERROR,
  });
  try {
    const answer = await client.apiCall('chat.postMessage', post.body);
    const { ts, channel } = answer as unknown as { ts: string; channel: string };
    return { kind: 'sent', ts, channel };
  } catch (error) {
    return { kind: 'unclear', answer: error instanceof Error ? error.name : 'unknown' };
  }
}
