import type { App } from '@slack/bolt';
import type { AppContext } from '../../context.ts';
import { inTime } from '../ack-time.ts';
import type { Feature } from '../feature.ts';
import { unknownWord } from '../help/listeners.ts';
import { asker } from './asker.ts';
import { refreshHomes } from './refresh-homes.ts';
import { messageOf, orApology, tell } from './replies.ts';

const command = '/coach';

export function dispatchCommands(app: App, context: AppContext, features: readonly Feature[]): void {
  const handlers = new Map(features.flatMap((feature) => Object.entries(feature.commands ?? {})));

  app.command(command, async ({ command: body, context: bolt, client, ack, respond }) => {
    const [word = '', ...rest] = body.text.trim().split(/\s+/u);
    const request = {
      ...asker(context, bolt, client, body.user_id),
      rest: rest.join(' '),
      triggerId: body.trigger_id,
    };
    const handler = handlers.get(word === '' ? 'help' : word.toLowerCase());
    const answer =
      handler === undefined ? unknownWord(request, word, [...handlers.keys()]) : handler(request);
    const reply = await inTime(context, orApology(context, 'command', answer), async (late) => {
      await tell(respond, late);
      await refreshHomes(request, late, features);
    });
    const message = messageOf(reply);
    await (message === undefined ? ack() : ack(message));
    await refreshHomes(request, reply, features);
  });
}
