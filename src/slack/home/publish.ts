import type { KnownBlock } from '@slack/web-api';
import type { Feature, Request } from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { composeHome } from './compose.ts';

/** Shows one person their Home as it stands now. */
export async function publishHome(request: Request, features: readonly Feature[]): Promise<void> {
  const { context, client, workspaceId, userId } = request;
  const made = await composeHome(context, { workspaceId, personId: userId }, features);
  const blocks = made ?? (await strangerBlocks(request));
  await client.views.publish({
    user_id: userId,
    view: { type: 'home', blocks },
  });
}

async function strangerBlocks(request: Request): Promise<KnownBlock[]> {
  const { text } = await answerToUnknown(request);
  return [{ type: 'section', text: { type: 'mrkdwn', text } }];
}
