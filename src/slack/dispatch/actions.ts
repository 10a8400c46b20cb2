import type { App, BlockAction } from '@slack/bolt';
import { notingDenials } from '#services/denials.ts';
import { noteHomeOpened } from '#services/home-lookers.ts';
import type { AppContext } from '../../context.ts';
import { inTime } from '../ack-time.ts';
import type { ActionRequest, Feature, Reply } from '../feature.ts';
import { asker } from './asker.ts';
import { openView } from './open-view.ts';
import { refreshHomes } from './refresh-homes.ts';
import { orApology, tell, tellInModal } from './replies.ts';
import { orUnreadable } from './unreadable.ts';

export function dispatchActions(app: App, context: AppContext, features: readonly Feature[]): void {
  const handlers = new Map(features.flatMap((feature) => Object.entries(feature.actions ?? {})));

  app.action<BlockAction>(/.*/, async ({ action, body, context: bolt, ack, respond }) => {
    const [actionId = ''] = action.action_id.split(':');
    const request: ActionRequest = {
      ...asker(context, bolt, body.user.id),
      actionId,
      value: pressedValue(action),
      triggerId: body.trigger_id,
      responseUrl: body.response_url || undefined,
      message: messageOf(body),
      view: body.view === undefined ? undefined : openView(body.view),
    };
    const handler = handlers.get(actionId) ?? outOfUse;
    const asked = { ...request, action: actionId };
    const handled = orUnreadable(
      context,
      notingDenials(context, asked, () => handler(request)),
    );
    // On Home and inside a modal a failure is left to Slack, which says that it did not work.
    const answerable = request.responseUrl !== undefined;
    const answer = answerable ? orApology(context, 'action', handled) : handled;
    const show = async (reply: Reply): Promise<void> => {
      await (answerable ? tell(respond, reply) : tellInModal(request, body.view?.type, reply));
      // Whoever presses something there looks at it, however long ago they opened it.
      if (body.view?.type === 'home') await noteHomeOpened(context, request.workspaceId, request.userId);
      await refreshHomes(request, reply, features);
    };
    const reply = await inTime(context, answer, show);
    await ack();
    await show(reply);
  });
}

/** Messages stay in Slack for years; a button of an old one may have no handler any more. */
async function outOfUse({ context, actionId }: ActionRequest): Promise<Reply> {
  context.log.warn({ actionId }, 'nobody answers to this action');
  return { text: 'This button is no longer in use. `/coach help` lists what works today.' };
}

function pressedValue(action: object): string {
  if ('selected_option' in action) {
    const chosen = action.selected_option as { value?: unknown } | null;
    return String(chosen?.value ?? '');
  }
  if ('selected_user' in action) return String(action.selected_user ?? '');
  return 'value' in action ? String(action.value ?? '') : '';
}

/** A message that can be edited later: what only one person sees cannot. */
function messageOf(body: BlockAction): ActionRequest['message'] {
  const { message, channel, container } = body;
  if (message === undefined || channel === undefined || container['is_ephemeral'] === true) return undefined;
  return { channel: channel.id, ts: message.ts };
}
