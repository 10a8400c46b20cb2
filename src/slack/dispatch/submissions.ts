import type { App } from '@slack/bolt';
import { notingDenials } from '#services/denials.ts';
import type { AppContext } from '../../context.ts';
import { inTime } from '../ack-time.ts';
import type { Feature, OpenView, SubmissionAnswer, SubmissionRequest } from '../feature.ts';
import { wordsModal } from '../modal.ts';
import { asker } from './asker.ts';
import { openView } from './open-view.ts';
import { refreshHomes } from './refresh-homes.ts';
import { tooLong } from './too-long.ts';
import { isUnreadable } from './unreadable.ts';

/** An acknowledged submission is a saved one: whatever goes wrong, the modal stays with what was typed. */
export function dispatchSubmissions(app: App, context: AppContext, features: readonly Feature[]): void {
  const handlers = new Map(features.flatMap((feature) => Object.entries(feature.submissions ?? {})));

  app.view({ type: 'view_submission', callback_id: /.*/ }, async ({ body, view, context: bolt, ack }) => {
    const request = { ...asker(context, bolt, body.user.id), view: openView(view) };
    const handler = handlers.get(view.callback_id) ?? outOfUse;
    const asked = { ...request, action: view.callback_id };
    const errors = tooLong(view);
    if (errors !== undefined) return acknowledge(ack, { errors });
    const answer = notingDenials(context, asked, () => handler(request)).catch((error: unknown) => {
      if (isUnreadable(error)) {
        context.log.warn({ err: error, callbackId: view.callback_id }, 'a submission could not be read');
        return tooOld(request.view);
      }
      context.log.error({ err: error, callbackId: view.callback_id }, 'a submission was not saved');
      return notSaved(request.view, tryAgain);
    });
    const outcome = await inTime(context, answer, () => Promise.resolve());
    await acknowledge(ack, outcome ?? notSaved(request.view, tryAgain));
    await refreshHomes(request, outcome, features);
  });
}

const tryAgain =
  'This could not be saved just now. What you filled in is kept here; press the button again in a minute.';

async function outOfUse({ context, view }: SubmissionRequest): Promise<SubmissionAnswer> {
  context.log.warn({ callbackId: view.callbackId }, 'nobody answers to this modal');
  return tooOld(view);
}

/** One without fields has nothing that would be lost. */
function tooOld(view: OpenView): SubmissionAnswer {
  const why = 'This form is from an older version and was not saved.';
  return view.inputs.length === 0
    ? { update: wordsModal('Sideline', `${why} Open it anew.`) }
    : notSaved(view, `${why} Copy what you wrote, and open it anew.`);
}

/** Said at the first field, since Slack has no place for what concerns the whole modal. */
function notSaved({ inputs }: OpenView, why: string): SubmissionAnswer {
  const [first] = inputs;
  // Unacknowledged, Slack itself says that it did not work, and keeps the modal.
  if (first === undefined) throw new Error('a modal without inputs could not be saved');
  return { errors: { [first]: why } };
}

async function acknowledge(ack: unknown, outcome: SubmissionAnswer): Promise<void> {
  // Bolt's type of this ack knows only what closes a modal; Slack takes all three.
  const answer = ack as (answer?: object) => Promise<void>;
  if ('errors' in outcome) return answer({ response_action: 'errors', errors: outcome.errors });
  if ('update' in outcome) return answer({ response_action: 'update', view: outcome.update });
  return answer();
}
