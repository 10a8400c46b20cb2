import type { AppContext } from '../../context.ts';
import type { Request } from '../feature.ts';

/** Whom a request is from, as Bolt's `authorize` has found out. */
export function asker(context: AppContext, bolt: Record<string, unknown>, userId: string): Request {
  const { workspaceId, botUserId } = bolt;
  if (typeof workspaceId !== 'string') throw new Error('a request reached a handler without its workspace');
  return {
    context,
    // Not Bolt's own: it keeps one for every token there ever was.
    client: context.slack.client(workspaceId),
    workspaceId,
    userId,
    botUserId: typeof botUserId === 'string' ? botUserId : undefined,
  };
}
