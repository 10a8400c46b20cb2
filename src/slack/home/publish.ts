import type { KnownBlock } from '@slack/web-api';
import { viewHome } from '#services/view-home.ts';
import type { Feature, Request } from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';

/** Slack takes 100 blocks; each section keeps itself short, and this holds whatever they do. */
const mostBlocks = 100;

/** Shows one person their Home as it stands now: each feature's part, in the order of the features. */
export async function publishHome(request: Request, features: readonly Feature[]): Promise<void> {
  const { context, client, workspaceId, userId } = request;
  const data = await viewHome(context, workspaceId, userId);
  const blocks =
    data === undefined
      ? await strangerBlocks(request)
      : features.flatMap((feature) => feature.home?.(data) ?? []);
  await client.views.publish({
    user_id: userId,
    view: { type: 'home', blocks: blocks.slice(0, mostBlocks) },
  });
}

async function strangerBlocks(request: Request): Promise<KnownBlock[]> {
  const { text } = await answerToUnknown(request);
  return [{ type: 'section', text: { type: 'mrkdwn', text } }];
}
