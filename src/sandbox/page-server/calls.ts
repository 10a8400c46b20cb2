import { z } from 'zod';
import type { Call } from '../local-slack/calls.ts';
import type { PageSandbox } from './parts.ts';
import type { CallLine } from './protocol.ts';

const talkedAbout = z.looseObject({
  user: z.looseObject({ id: z.string() }).optional().catch(undefined),
  user_id: z.string().optional().catch(undefined),
  channel: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  event: z
    .looseObject({ user: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** A few words by which a line can be told from its neighbours. */
function aboutOf({ request }: Call): string {
  const read = talkedAbout.safeParse(request);
  if (!read.success) return '';
  const { user, user_id: userId, channel, command, text, event } = read.data;
  const who = user?.id ?? userId ?? event?.user ?? channel ?? '';
  const said = command === undefined ? text : `${command} ${text ?? ''}`;
  return [who, said?.slice(0, 120)].filter(Boolean).join(' · ');
}

/** Newest first, without the contents. */
export function callLines({ slack }: PageSandbox): CallLine[] {
  return slack.calls
    .list()
    .toReversed()
    .map((call) => {
      const { request: _request, response: _response, ...line } = call;
      return { ...line, about: aboutOf(call) };
    });
}

export function callWhole({ slack }: PageSandbox, id: number): Call | undefined {
  return slack.calls.list().find((one) => one.id === id);
}
