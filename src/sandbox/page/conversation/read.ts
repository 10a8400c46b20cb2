import type { MessageShown } from '../../local-slack/person/reading.ts';
import { useResource } from '../data/resource.ts';

interface MessagesRead {
  earlier: number;
  messages: MessageShown[];
}

/** The messages of a conversation or of one thread, kept up to date. */
export function useMessages(
  as: string,
  channel: string | undefined,
  { thread, last = 200 }: { thread?: string; last?: number } = {},
): MessagesRead | undefined {
  const query = new URLSearchParams({
    channel: channel ?? '',
    last: String(last),
    ...(thread === undefined ? {} : { thread }),
  });
  const path = channel === undefined ? null : `/page/as/${as}/messages?${query}`;
  return useResource<MessagesRead>(path, ({ kind, user, channel: changed }) => {
    if (kind === 'message' || kind === 'ephemeral') return changed === undefined || changed === channel;
    if (kind === 'input') return user === as;
    return kind === 'user';
  });
}
