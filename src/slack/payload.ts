import { z } from 'zod';

/**
 * The shapes Slack sends over HTTP, as far as they must hold before anybody looks inside. What is none of
 * them is no payload of Slack's, whatever its signature says.
 */
const id = z.string().min(1).max(64);
const person = z.looseObject({ id });

const Command = z.looseObject({
  command: z.string().startsWith('/'),
  text: z.string().max(16_000),
  user_id: id,
  team_id: id,
  trigger_id: z.string(),
  response_url: z.string(),
});

const modal = z.looseObject({
  id,
  callback_id: z.string(),
  private_metadata: z.string(),
  hash: z.string(),
  state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  blocks: z.array(z.looseObject({ type: z.string() })),
});

const Interaction = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('block_actions'),
    user: person,
    trigger_id: z.string(),
    actions: z.array(z.looseObject({ action_id: z.string(), type: z.string() })).min(1),
  }),
  z.looseObject({ type: z.literal('view_submission'), user: person, view: modal }),
  z.looseObject({ type: z.literal('view_closed'), user: person, view: z.looseObject({ id }) }),
  z.looseObject({
    type: z.literal('block_suggestion'),
    user: person,
    action_id: z.string(),
    value: z.string(),
  }),
  z.looseObject({
    type: z.literal('shortcut'),
    user: person,
    callback_id: z.string(),
    trigger_id: z.string(),
  }),
  z.looseObject({
    type: z.literal('message_action'),
    user: person,
    callback_id: z.string(),
    trigger_id: z.string(),
  }),
]);

const Event = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('url_verification'), challenge: z.string().max(1000) }),
  z.looseObject({
    type: z.literal('event_callback'),
    event_id: id,
    team_id: id,
    event: z.looseObject({ type: z.string() }),
  }),
  z.looseObject({ type: z.literal('app_rate_limited'), team_id: id }),
]);

export function isSlackPayload(contentType: string | undefined, body: Buffer): boolean {
  try {
    // Exactly so: with anything after it Bolt would read the body as JSON.
    if (contentType === 'application/x-www-form-urlencoded') {
      const form = new URLSearchParams(body.toString('utf8'));
      if (form.get('ssl_check') === '1') return true;
      const [payload, another] = form.getAll('payload');
      if (payload === undefined) return Command.safeParse(Object.fromEntries(form)).success;
      return another === undefined && Interaction.safeParse(JSON.parse(payload)).success;
    }
    return Event.safeParse(JSON.parse(body.toString('utf8'))).success;
  } catch {
    // Not JSON is not Slack's either; the caller answers 400.
    return false;
  }
}
