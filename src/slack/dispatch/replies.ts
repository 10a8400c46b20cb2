import { slackErrorOf } from '#services/slack-error.ts';
import type { AppContext } from '../../context.ts';
import type { ActionRequest, Reply } from '../feature.ts';
import { wordsModal } from '../modal.ts';

/** A command or press that failed says so to the person; the reason goes to the log. */
export async function orApology(context: AppContext, kind: string, answer: Promise<Reply>): Promise<Reply> {
  try {
    return await answer;
  } catch (error) {
    context.log.error({ err: error, kind }, 'a request failed');
    if (slackErrorOf(error) === 'expired_trigger_id') {
      return { text: 'That took longer than Slack waits for it; nothing was changed. Try it once more.' };
    }
    return { text: 'That did not work just now; nothing was changed. Try again in a minute.' };
  }
}

export async function tell(respond: (message: object) => Promise<unknown>, reply: Reply): Promise<void> {
  const message = messageOf(reply);
  if (message !== undefined) await respond({ replace_original: false, ...message });
}

/** Where no message was pressed, words have no place but a modal of their own. */
export async function tellInModal(
  { client, triggerId }: Pick<ActionRequest, 'client' | 'triggerId'>,
  pressedIn: string | undefined,
  reply: Reply,
): Promise<void> {
  if (reply === undefined || !('text' in reply)) return;
  const show = pressedIn === 'modal' ? client.views.push : client.views.open;
  await show({ trigger_id: triggerId, view: wordsModal('Sideline', reply.text, reply.blocks) });
}

/** What Slack is to show of a reply; nothing where it only says whose Home has changed. */
export function messageOf(reply: Reply): object | undefined {
  if (reply === undefined || !('text' in reply)) return undefined;
  const { changed: _, ...message } = reply;
  return { response_type: 'ephemeral', ...message };
}
