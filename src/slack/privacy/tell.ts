import type { Request } from '../feature.ts';

interface Told {
  userId: string;
  dmChannel: string | null;
}

/** Answers what a person asked for, once, where they will look for it. */
export async function tell(
  request: Pick<Request, 'context' | 'client'>,
  person: Told,
  text: string,
): Promise<void> {
  try {
    const channel = await conversationWith(request, person);
    await request.client.chat.postMessage({ channel, text });
  } catch (error) {
    // They may have left Slack: what they asked for is done all the same.
    request.context.log.warn({ err: error }, 'somebody could not be told what became of what they asked for');
  }
}

/** Opened where nothing was sent to them so far. */
export async function conversationWith(
  { client }: Pick<Request, 'client'>,
  { userId, dmChannel }: Told,
): Promise<string> {
  if (dmChannel !== null) return dmChannel;
  const { channel } = await client.conversations.open({ users: userId });
  if (channel?.id === undefined) throw new Error('Slack opened a conversation without an id');
  return channel.id;
}
