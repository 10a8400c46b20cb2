import type { Call } from '#sandbox/local-slack/calls.ts';
import { type Body, form, interaction } from '#test/slack-app/signed.ts';
import type { Tenant } from '#test/two-workspaces.ts';
import type { World } from '#test/world.ts';
import { buttonsIn } from './old-buttons.ts';

/** What was asked in one workspace, to be asked in another with the ids of the first. */
export interface Forged {
  what: string;
  userId: string;
  /** What is pressed in a modal opens the next one on top of it. */
  inModal: boolean;
  body(triggerId: string): Body;
}

export interface Elsewhere {
  from: Tenant;
  to: Tenant;
  /** Where answers go that have an address of their own. */
  responseUrl: string;
  /** A word of theirs, and what stands for it, so that it can be told from what somebody is shown. */
  instead: [word: string, other: string];
}

/** Every command, press and form that its people sent. */
export function sentAgain(elsewhere: Elsewhere): Forged[] {
  return elsewhere.from.slack.calls
    .list()
    .filter(({ direction, kind }) => direction === 'to app' && (kind === 'command' || kind === 'interactive'))
    .map(({ kind, method, request }) => ({
      what: `${method} ${idOf(request)}`,
      inModal: fieldOf(fieldOf(request, 'view') ?? {}, 'type') === 'modal',
      userId: kind === 'command' ? textOf(request, 'user_id') : textOf(fieldOf(request, 'user'), 'id'),
      body(triggerId) {
        const payload = moved(request, { trigger_id: triggerId, ...elsewhere });
        return kind === 'command' ? form(payload as Record<string, string>) : interaction(payload);
      },
    }));
}

/** Every kind of button that its people got, the latest of each, in the hands of these people; on a card, or in a modal or Home. */
export function pressedElsewhere(elsewhere: Elsewhere, people: readonly string[], calls: Call[]): Forged[] {
  const { from } = elsewhere;
  const buttons = new Map(
    buttonsIn({ slack: from.slack } as unknown as World, calls, []).map((button) => [
      button.actionId,
      button,
    ]),
  );
  return [...buttons.values()].flatMap(({ actionId, element, view }) =>
    people.map((userId) => ({
      what: `${actionId} by ${userId}`,
      userId,
      inModal: view !== undefined && view.callbackId !== '',
      body: (triggerId: string) => {
        const card = from.person('Dana').dm().at(-1)?.shown;
        const place =
          view === undefined
            ? { channel: { id: card?.channel ?? '' }, message: { ts: card?.ts ?? '' }, response_url: 'there' }
            : { view: viewOf(view) };
        const payload = {
          type: 'block_actions',
          user: { id: userId, team_id: from.workspaceId },
          team: { id: from.workspaceId },
          container: { type: view === undefined ? 'message' : 'view' },
          ...place,
          actions: [{ ...element, block_id: 'b', selected_option: firstOption(element) }],
        };
        return interaction(moved(payload, { trigger_id: triggerId, ...elsewhere }));
      },
    })),
  );
}

const viewOf = ({ privateMetadata, callbackId }: { privateMetadata: string; callbackId: string }) => ({
  id: 'V0THEIRS',
  type: callbackId === '' ? 'home' : 'modal',
  hash: '1.a',
  callback_id: callbackId,
  private_metadata: privateMetadata,
  state: { values: {} },
  blocks: [],
});

function firstOption(element: object): unknown {
  return (element as { options?: unknown[] }).options?.[0];
}

/** The same from the other workspace: its id, addresses of here, and another word; all other ids as they were. */
function moved(
  request: unknown,
  { trigger_id, from, to, responseUrl, instead }: { trigger_id: string } & Elsewhere,
): unknown {
  const [word, other] = instead;
  const text = JSON.stringify(request).replaceAll(from.workspaceId, to.workspaceId).replaceAll(word, other);
  const payload = JSON.parse(text) as Record<string, unknown>;
  const hasAddress = typeof payload['response_url'] === 'string' && payload['response_url'] !== '';
  return { ...payload, trigger_id, ...(hasAddress ? { response_url: responseUrl } : {}) };
}

const fieldOf = (value: unknown, key: string): unknown => (value as Record<string, unknown>)[key];
const textOf = (value: unknown, key: string): string => String(fieldOf(value, key) ?? '');

function idOf(request: unknown): string {
  const { text, actions, view } = request as {
    text?: string;
    actions?: { action_id: string }[];
    view?: { callback_id: string };
  };
  return text ?? actions?.[0]?.action_id ?? view?.callback_id ?? '';
}
