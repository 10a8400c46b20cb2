import type { App } from '@slack/bolt';
import { notingDenials } from '#services/denials.ts';
import type { AppContext } from '../../context.ts';
import { inTime } from '../ack-time.ts';
import type { CommandRequest, Feature, Reply } from '../feature.ts';
import { unknownWord } from '../help/listeners.ts';
import { asker } from './asker.ts';
import { refreshHomes } from './refresh-homes.ts';
import { messageOf, orApology, tell } from './replies.ts';
import { orUnreadable } from './unreadable.ts';

const command = '/coach';

export function dispatchCommands(app: App, context: AppContext, features: readonly Feature[]): void {
  const handlers = new Map(features.flatMap((feature) => Object.entries(feature.commands ?? {})));
  const answerTo = (request: CommandRequest, typed: string): Promise<Reply> => {
    const word = typed.toLowerCase();
    // Of any word alike, so that no feature needs to know what help is.
    const help = request.rest.toLowerCase() === 'help' ? handlers.get('help') : undefined;
    if (help !== undefined && handlers.has(word)) return help({ ...request, rest: word });
    const handler = handlers.get(word === '' ? 'menu' : word);
    return handler === undefined ? unknownWord(request, typed, [...handlers.keys()]) : handler(request);
  };

  app.command(command, async ({ command: body, context: bolt, ack, respond }) => {
    const [word = '', ...rest] = body.text.trim().split(/\s+/u);
    const request = {
      ...asker(context, bolt, body.user_id),
      rest: rest.join(' '),
      triggerId: body.trigger_id,
    };
    const asked = { ...request, action: `${command} ${word}`.trim() };
    const answer = notingDenials(context, asked, () => answerTo(request, word));
    const reply = await inTime(
      context,
      orApology(context, 'command', orUnreadable(context, answer)),
      async (late) => {
        await tell(respond, late);
        await refreshHomes(request, late, features);
      },
    );
    const message = messageOf(reply);
    await (message === undefined ? ack() : ack(message));
    await refreshHomes(request, reply, features);
  });
}
