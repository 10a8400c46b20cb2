import { z } from 'zod';

/**
 * The shapes Slack sends over HTTP, as far as they must hold before anybody looks inside. What is none of
 * them is no payload of Slack's, whatever its signature says.
 */
const id = z.string().min(1).max(64);
const person = z.looseObject({ id });
/** Where there is nothing to answer to it is empty. */
const address = z.string().refine((url) => url === '' || URL.canParse(url));
const organisation = z.looseObject({ id }).nullish();
/** Bolt looks inside wherever there is one, and null is one to it. */
const place = z.looseObject({ id }).optional();
/** Of everything, since whatever is pressed or filled in says so. */
const whence = { user: person, team: organisation, enterprise: organisation, channel: place };

const Command = z.looseObject({
  command: z.string().startsWith('/'),
  text: z.string().max(16_000),
  user_id: id,
  team_id: id,
  trigger_id: z.string(),
  response_url: address,
});

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const option = z.looseObject({ value: z.string() });

/** What is pressed, chosen or filled in, as each kind of element tells it. */
const input = z.looseObject({
  value: text,
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_date: text,
  selected_time: text,
  selected_user: text,
  selected_users: texts,
  selected_channel: text,
  selected_channels: texts,
  selected_conversation: text,
  selected_conversations: texts,
  files: z.array(z.looseObject({ id })).nullish(),
});

const block = z.looseObject({
  type: z.string(),
  block_id: z.string().optional(),
  element: z.looseObject({ type: z.string() }).optional(),
});

const view = z.looseObject({
  id,
  callback_id: z.string(),
  private_metadata: z.string(),
  hash: z.string(),
  state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), input)) }),
  blocks: z.array(block),
});

const Interaction = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('block_actions'),
    ...whence,
    trigger_id: z.string(),
    response_url: address.optional(),
    container: z.looseObject({}),
    message: z.looseObject({ ts: z.string() }).optional(),
    view: view.optional(),
    actions: z
      .array(z.intersection(input, z.looseObject({ action_id: z.string(), type: z.string() })))
      .min(1),
  }),
  z.looseObject({ type: z.literal('view_submission'), ...whence, view }),
  z.looseObject({ type: z.literal('view_closed'), ...whence, view: z.looseObject({ id }) }),
  z.looseObject({
    type: z.literal('block_suggestion'),
    ...whence,
    action_id: z.string(),
    value: z.string(),
  }),
  z.looseObject({
    type: z.literal('shortcut'),
    ...whence,
    callback_id: z.string(),
    trigger_id: z.string(),
  }),
  z.looseObject({
    type: z.literal('message_action'),
    ...whence,
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
    authorizations: z.array(z.looseObject({})).nullish(),
    event: z.looseObject({
      type: z.string(),
      text,
      channel: z.union([z.string(), z.looseObject({})]).optional(),
      item: z.looseObject({}).optional(),
    }),
  }),
  z.looseObject({ type: z.literal('app_rate_limited'), team_id: id }),
]);

export function isSlackPayload(contentType: string | undefined, body: Buffer): boolean {
  try {
    // Exactly so: with anything after it Bolt would read the body as JSON.
    if (contentType === 'application/x-www-form-urlencoded') {
      const form = new URLSearchParams(body.toString('utf8'));
      // Bolt makes a list of what stands twice.
      if (new Set(form.keys()).size !== form.size) return false;
      if (form.get('ssl_check') === '1') return true;
      const payload = form.get('payload');
      if (payload === null) return Command.safeParse(Object.fromEntries(form)).success;
      return Interaction.safeParse(JSON.parse(payload)).success;
    }
    return Event.safeParse(JSON.parse(body.toString('utf8'))).success;
  } catch {
    // Not JSON is not Slack's either; the caller answers 400.
    return false;
  }
}
