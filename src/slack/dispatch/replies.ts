import { slackErrorOf } from '#services/slack-error.ts';
import type { AppContext } from '../../context.ts';
import type { Reply } from '../feature.ts';

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
  if (reply === undefined) return;
  await respond({ response_type: 'ephemeral', replace_original: false, ...reply });
}
