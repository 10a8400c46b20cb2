import type { KnownBlock } from '@slack/web-api';
import { findAsker } from '#services/find-reports.ts';
import { viewHome } from '#services/view-home.ts';
import type { Feature, Request } from '../feature.ts';
import { unknownPerson } from '../help/listeners.ts';

/** Slack takes 100 blocks; each section keeps itself short, and this holds whatever they do. */
const mostBlocks = 100;

/** Shows one person their Home as it stands now: each feature's part, in the order of the features. */
export async function publishHome(
  { context, client, workspaceId }: Omit<Request, 'userId'>,
  userId: string,
  features: readonly Feature[],
): Promise<void> {
  const data = await viewHome(context, workspaceId, userId);
  const blocks =
    data === undefined
      ? await strangerBlocks({ context, client, workspaceId, userId })
      : features.flatMap((feature) => feature.home?.(data) ?? []);
  await client.views.publish({
    user_id: userId,
    view: { type: 'home', blocks: blocks.slice(0, mostBlocks) },
  });
}

async function strangerBlocks({ context, workspaceId, userId }: Request): Promise<KnownBlock[]> {
  const { keepers } = await findAsker(context, workspaceId, userId);
  return [{ type: 'section', text: { type: 'mrkdwn', text: unknownPerson(keepers).text } }];
}
