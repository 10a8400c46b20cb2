import type { KnownBlock } from '@slack/web-api';
import { mayBecomeKeeper } from '#services/become-keeper.ts';
import type { Request } from '../feature.ts';
import { beginBlocks } from './view.ts';

/** For somebody unknown, where nobody manages Sideline and they may begin to. */
export async function offerBlocks({
  context,
  client,
  workspaceId,
  userId,
}: Request): Promise<KnownBlock[] | undefined> {
  const may = await mayBecomeKeeper({ ...context, client }, workspaceId, userId);
  return may.ok ? beginBlocks() : undefined;
}
