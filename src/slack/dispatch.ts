import type { App, BlockAction, SlackViewAction } from '@slack/bolt';
import type { AppContext } from '../context.ts';
import { inTime } from './ack-time.ts';
import type { ActionRequest, Feature, OpenView, Reply, Request, SubmissionAnswer } from './feature.ts';
import { unknownWord } from './help/listeners.ts';
import { answerTypedMessage } from './typed-message.ts';

const command = '/coach';

/**
 * One listener per kind of request; from the id in it a map leads to the feature's handler. Bolt asks every
 * registered listener in turn, so forty of them would cost four fifths of the throughput.
 */
export function dispatch(app: App, context: AppContext, features: readonly Feature[]): void {
  const commands = new Map(features.flatMap((feature) => Object.entries(feature.commands ?? {})));
  const actions = new Map(features.flatMap((feature) => Object.entries(feature.actions ?? {})));
  const submissions = new Map(features.flatMap((feature) => Object.entries(feature.submissions ?? {})));

  app.command(command, async ({ command: body, context: bolt, client, ack, respond }) => {
    const [word = '', ...rest] = body.text.trim().split(/\s+/u);
    const request = {
      ...asker(context, bolt, client, body.user_id),
      rest: rest.join(' '),
      triggerId: body.trigger_id,
    };
    const handler = commands.get(word === '' ? 'help' : word.toLowerCase());
    const answer =
      handler === undefined ? unknownWord(request, word, [...commands.keys()]) : handler(request);
    const reply = await inTime(context, guarded(context, 'command', answer), (late) => tell(respond, late));
    await (reply === undefined ? ack() : ack({ response_type: 'ephemeral', ...reply }));
  });

  app.action<BlockAction>(/.*/, async ({ action, body, context: bolt, client, ack, respond }) => {
    const [actionId = ''] = action.action_id.split(':');
    const handler = actions.get(actionId);
    if (handler === undefined) {
      context.log.warn({ actionId }, 'nobody answers to this action');
      return ack();
    }
    const request: ActionRequest = {
      ...asker(context, bolt, client, body.user.id),
      actionId,
      value: 'value' in action ? String(action.value ?? '') : '',
      triggerId: body.trigger_id,
      responseUrl: body.response_url || undefined,
      message:
        body.message === undefined || body.channel === undefined || body.container['is_ephemeral'] === true
          ? undefined
          : { channel: body.channel.id, ts: body.message.ts },
      view: body.view === undefined ? undefined : openView(body.view),
    };
    const answer = guarded(context, 'action', handler(request));
    const reply = await inTime(context, answer, (late) => tell(respond, late));
    await ack();
    await tell(respond, reply);
  });

  app.view(/.*/, async ({ body, view, context: bolt, client, ack }) => {
    if (body.type !== 'view_submission') return ack();
    const handler = submissions.get(view.callback_id);
    if (handler === undefined) {
      context.log.warn({ callbackId: view.callback_id }, 'nobody answers to this modal');
      return ack();
    }
    const open = openView(view);
    const request = { ...asker(context, bolt, client, body.user.id), view: open };
    // An acknowledged submission is a saved one: whatever goes wrong, the modal stays with what was typed.
    const answer = handler(request).catch((error: unknown) => {
      context.log.error({ err: error, callbackId: view.callback_id }, 'a submission was not saved');
      return notSaved(open);
    });
    const outcome = await inTime(context, answer, () => Promise.resolve());
    await acknowledge(ack, outcome ?? notSaved(open));
  });

  app.event('message', async ({ event, body, context: bolt, client }) => {
    const { workspaceId } = asker(context, bolt, client, '');
    await answerTypedMessage(context, client, workspaceId, { event, eventId: body.event_id }, [...commands.keys()]);
  });

  app.error(async (error) => {
    context.log.error({ err: error }, 'a request from Slack failed');
  });
}

function asker(
  context: AppContext,
  bolt: Record<string, unknown>,
  client: Request['client'],
  userId: string,
): Request {
  const workspaceId = bolt['workspaceId'];
  if (typeof workspaceId !== 'string') throw new Error('a request reached a handler without its workspace');
  return { context, client, workspaceId, userId };
}

/** A failed command says so to the person; the reason goes to the log. */
async function guarded(context: AppContext, kind: string, answer: Promise<Reply>): Promise<Reply> {
  try {
    return await answer;
  } catch (error) {
    context.log.error({ err: error, kind }, 'a request failed');
    return { text: 'That did not work just now; nothing was changed. Try again in a minute.' };
  }
}

async function tell(respond: (message: object) => Promise<unknown>, reply: Reply): Promise<void> {
  if (reply === undefined) return;
  await respond({ response_type: 'ephemeral', replace_original: false, ...reply });
}

function notSaved(view: OpenView): SubmissionAnswer {
  const [first = ''] = view.inputs;
  return {
    errors: {
      [first]: 'This could not be saved just now. What you filled in is kept here; press the button again in a minute.',
    },
  };
}

async function acknowledge(
  ack: (answer?: never) => Promise<void>,
  outcome: SubmissionAnswer,
): Promise<void> {
  const send = ack as (answer?: object) => Promise<void>;
  if ('errors' in outcome) return send({ response_action: 'errors', errors: outcome.errors });
  if ('update' in outcome) return send({ response_action: 'update', view: outcome.update });
  return send();
}

function openView(view: SlackViewAction['view'] | NonNullable<BlockAction['view']>): OpenView {
  return {
    id: view.id,
    hash: view.hash,
    callbackId: view.callback_id,
    privateMetadata: view.private_metadata,
    values: view.state.values as OpenView['values'],
    inputs: view.blocks
      .filter((block: { type: string }) => block.type === 'input')
      .map((block: { block_id?: string }) => block.block_id ?? ''),
  };
}
