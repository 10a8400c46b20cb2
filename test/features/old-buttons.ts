import type { Call } from '#sandbox/local-slack/calls.ts';
import type { Person } from '#test/person.ts';
import type { World } from '#test/world.ts';

/** Buttons that the app gave to some people, in the hands of others. */

export interface OldButton {
  /** As features register it. */
  actionId: string;
  element: { type: string; action_id: string };
  /** Of the modal or Home it stood in; nothing where it stood in a message. */
  view: { privateMetadata: string; callbackId: string } | undefined;
}

/** Everything that could be pressed in what the app sent, but for what these people got. */
export function buttonsIn(world: World, calls: readonly Call[], not: readonly string[]): OldButton[] {
  const { channels } = world.slack.snapshot();
  const isTheirs = (request: unknown): boolean => {
    const { channel = '', user_id = '', user = '' } = (request ?? {}) as Record<string, string>;
    const members = channels[channel]?.members ?? [channel];
    return not.some((id) => id === user_id || id === user || members.includes(id));
  };
  return calls
    .filter((call) => call.kind !== 'event' && !isTheirs(call.request))
    .flatMap((call) => within(call.direction === 'from app' ? call.request : call.response, undefined));
}

function within(sent: unknown, view: OldButton['view']): OldButton[] {
  const value = parsed(sent);
  if (typeof value !== 'object' || value === null) return [];
  const inside =
    'blocks' in value && 'type' in value && (value.type === 'modal' || value.type === 'home')
      ? { privateMetadata: textOf(value, 'private_metadata'), callbackId: textOf(value, 'callback_id') }
      : view;
  const isPressed = 'action_id' in value && 'type' in value && value.type !== 'plain_text_input';
  const [actionId = ''] = isPressed ? String(value.action_id).split(':') : [];
  const own = isPressed ? [{ actionId, element: value as OldButton['element'], view: inside }] : [];
  // What an input holds is sent with its form, not pressed.
  const inner = 'type' in value && value.type === 'input' ? [] : Object.values(value);
  return [...own, ...inner.flatMap((one) => within(one, inside))];
}

const textOf = (value: object, key: string): string => String((value as Record<string, unknown>)[key] ?? '');

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    // Text that only begins like JSON is text.
    return value;
  }
}

/** What Slack sends when this person presses it, in a message or a view of their own; what they are told then, as far as it is there. */
export async function pressAs(world: World, person: Person, button: OldButton): Promise<() => string> {
  const { userId } = person.session;
  const client = world.application.context.slack.client('T0WORLD');
  const blockId = `forged-${crypto.randomUUID()}`;
  const blocks = [{ type: 'actions', block_id: blockId, elements: [button.element] }] as never;
  let seen = person.ephemeral().length;
  const input = { value: firstOption(button.element) ?? null };
  const target = { blockId, actionId: button.element.action_id };
  if (button.view === undefined) {
    const { channel, ts } = await client.chat.postMessage({ channel: userId, text: 'Old', blocks });
    const surface = { kind: 'message', channel: String(channel), ts: String(ts) } as const;
    await person.session.act({ surface, ...target }, input.value, { confirmed: true });
  } else {
    const { privateMetadata, callbackId } = button.view;
    const surface = { private_metadata: privateMetadata, callback_id: callbackId, blocks };
    const id = await show(world, person, surface);
    seen = person.ephemeral().length;
    await person.session.act({ surface: { kind: 'view', id }, ...target }, input.value, { confirmed: true });
  }
  await world.slack.settled();
  return () => {
    const messages = person.ephemeral().slice(seen);
    const top = person.session.modals().at(-1);
    // Where nothing came of it yet, the forged view is what stands there.
    const isForged = top === undefined || JSON.stringify(top.blocks).includes(blockId);
    const inModal = isForged ? [] : person.modal().texts;
    return [...messages.flatMap(({ text, texts }) => [text, ...texts]), ...inModal].join('\n');
  };
}

/** Of a menu or an overflow, what is chosen first. */
function firstOption(element: object): string | undefined {
  const { options } = element as { options?: { value: string }[] };
  return options?.[0]?.value;
}

/** A modal of theirs like that one, or Home where it stood there. */
async function show(
  world: World,
  person: Person,
  view: { private_metadata: string; callback_id: string; blocks: never },
): Promise<string> {
  const client = world.application.context.slack.client('T0WORLD');
  if (view.callback_id === '') {
    const { blocks } = view;
    await client.views.publish({ user_id: person.session.userId, view: { type: 'home', blocks } });
    return person.session.home()?.id ?? '';
  }
  // Its answer needs no modal, so that what it may open one with is left.
  await person.run('/coach help');
  const { request } = world.slack.calls.list().findLast(({ kind }) => kind === 'command') ?? {};
  const { trigger_id } = request as { trigger_id: string };
  const title = { type: 'plain_text', text: 'Old' } as const;
  await client.views.open({ trigger_id, view: { type: 'modal', title, ...view } });
  return person.modal().id;
}
