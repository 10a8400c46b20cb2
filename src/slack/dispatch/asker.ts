import type { AppContext } from '../../context.ts';
import type { Request } from '../feature.ts';

/** Whom a request is from, as Bolt's `authorize` has found out. */
export function asker(
  context: AppContext,
  bolt: Record<string, unknown>,
  client: Request['client'],
  userId: string,
): Request {
  const { workspaceId, botUserId } = bolt;
  if (typeof workspaceId !== 'string') throw new Error('a request reached a handler without its workspace');
  return {
    context,
    client,
    workspaceId,
    userId,
    botUserId: typeof botUserId === 'string' ? botUserId : undefined,
  };
}
