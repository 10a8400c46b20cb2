import { z } from 'zod';
import { visibleChannel } from '../channels.ts';
import { channelMessages, findMessage, repliesTo, slackMessage } from '../messages.ts';
import { Refused } from '../refused.ts';
import type { Channel, Fields, Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { count, flag, method } from './method.ts';
import { requireKindScope } from './scopes.ts';

const timeline = {
  channel: z.string(),
  cursor: z.string().optional(),
  limit: count,
  oldest: z.union([z.string(), z.number()]).optional(),
  latest: z.union([z.string(), z.number()]).optional(),
  inclusive: flag,
  include_all_metadata: flag,
};

const historyArgs = z.object(timeline);
const repliesArgs = z.object({ ...timeline, ts: z.string() });

type TimelineArgs = z.output<typeof historyArgs>;

/** Exact: a ts has more digits than a number keeps apart. */
function micros(ts: string | number): bigint {
  const [seconds = '0', fraction = ''] = String(ts).split('.');
  if (!/^\d*$/.test(seconds + fraction)) throw new Refused('invalid_ts_latest');
  return BigInt(seconds || '0') * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

function within(ts: string, { oldest, latest, inclusive }: TimelineArgs): boolean {
  const at = micros(ts);
  const from = oldest === undefined || oldest === '' ? -1n : micros(oldest);
  const to = latest === undefined || latest === '' || latest === 'now' ? null : micros(latest);
  if (inclusive) return at >= from && (to === null || at <= to);
  return at > from && (to === null || at < to);
}

const CURSOR = 'next_ts:';

function readable(ws: Workspace, name: string, id: string): Channel {
  const channel = visibleChannel(ws, id);
  requireKindScope(ws, name, channel.kind);
  if (!channel.members.includes(ws.app.botUserId)) throw new Refused('not_in_channel');
  return channel;
}

function answer(
  ws: Workspace,
  name: string,
  args: TimelineArgs,
  ordered: Message[],
  isAfter: (ts: string, cursor: string) => boolean,
): Fields {
  const asked = args.limit || 100;
  if (asked < 0) throw new Refused('invalid_limit');
  const limit = Math.min(asked, 999, ws.limiter.maxItems(name));
  const cursor = args.cursor ? Buffer.from(args.cursor, 'base64').toString() : '';
  if (args.cursor && !cursor.startsWith(CURSOR)) throw new Refused('invalid_cursor');
  const rest =
    cursor === '' ? ordered : ordered.filter((one) => isAfter(one.ts, cursor.slice(CURSOR.length)));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rest.length > shown.length;
  return {
    messages: shown.map((one) => slackMessage(ws, one, args.include_all_metadata ?? false)),
    has_more: hasMore,
    ...(hasMore && last
      ? { response_metadata: { next_cursor: Buffer.from(`${CURSOR}${last.ts}`).toString('base64') } }
      : {}),
  };
}

/** Newest first; replies stay in their thread unless they were also sent to the conversation. */
export const conversationsHistory = method(historyArgs, (ws, args) => {
  const channel = readable(ws, 'conversations.history', args.channel);
  const messages = channelMessages(ws, channel.id).filter(
    (one) => (one.threadTs === undefined || one.threadTs === one.ts || one.broadcast) && within(one.ts, args),
  );
  return {
    ...answer(ws, 'conversations.history', args, messages.reverse(), (ts, at) => micros(ts) < micros(at)),
    pin_count: 0,
    channel_actions_ts: null,
    channel_actions_count: 0,
  };
});

/** The parent first, then its replies, oldest first. */
export const conversationsReplies = method(repliesArgs, (ws, args) => {
  const channel = readable(ws, 'conversations.replies', args.channel);
  const found = findMessage(ws, channel.id, args.ts);
  const parent = found?.threadTs === undefined ? found : findMessage(ws, channel.id, found.threadTs);
  if (!parent) throw new Refused('thread_not_found');
  const replies = repliesTo(ws, parent).filter((one) => within(one.ts, args));
  return answer(ws, 'conversations.replies', args, [parent, ...replies], (ts, at) => micros(ts) > micros(at));
});
