import type { Call } from '#sandbox/local-slack/calls.ts';
import { features } from '#slack/features.ts';
import { everyForm, type Form } from '#test/features/every-form.ts';
import { fillAll } from '#test/features/filling.ts';
import { buttonsIn, type OldButton } from '#test/features/old-buttons.ts';
import type { SeenModal } from '#test/person-views.ts';
import { slackApp, userId, type World } from '#test/world.ts';

/** What Slack sent, or would have sent. */
export interface Seed {
  kind: 'command' | 'interactive' | 'options' | 'event';
  /** The word, the action, the form: what is counted apart. */
  name: string;
  payload: object;
}

/** Written into what some tell of others; whoever has no part in it must never be shown it. */
export const marker = 'Untold9Secret';

/** In those only Sam and Dana tell something, and of Sam. */
const untold =
  /^(one_on_one|observed_call\.(modal|answer)|baseline\.modal|check_in\.modal|practice|certify|commitment)/;

/** Lives through forms, the first ones or all, and keeps what Slack sent on the way, and every button there was. */
export async function gatherSeeds(world: World, forms: number): Promise<Seed[]> {
  const seeds = new Map<string, Seed>();
  const keep = (seed: Seed): void => void seeds.set(`${seed.kind} ${seed.name}`, seed);
  for (const [id, form] of Object.entries(everyForm(() => world)).slice(0, forms)) {
    // It did not open here, after the form before it; what it carries is not forged.
    if (id === 'people_import.preview') continue;
    if (form.at !== undefined) await world.travelTo(form.at);
    world.slack.calls.clear();
    await send(await form.open(), form, id);
    await world.slack.settled();
    if (form.by().hasModal()) await form.by().modal().close({ all: true });
    await keepSent(world, keep);
  }
  world.slack.calls.clear();
  for (const person of ['Ellen Park', 'Dana Whitfield', 'Sam Rivera'].map((name) => world.person(name))) {
    person.openHome();
    await person.untilHome();
    person.say('What can I do here?');
  }
  await keepSent(world, keep);
  for (const seed of commands()) keep(seed);
  // What follows from all of it is planned by then: of itself nothing changes any more.
  await world.travelTo(new Date(world.clock.now() + 3_600_000).toISOString());
  await world.slack.settled();
  return [...seeds.values()].map((seed) => ({ ...seed, payload: withoutMarker(seed.payload) }));
}

async function keepSent(world: World, keep: (seed: Seed) => void): Promise<void> {
  await world.slack.settled();
  const calls = world.slack.calls.list();
  for (const button of buttonsIn(world, calls, [])) keep(pressed(button));
  for (const call of calls.filter(({ direction }) => direction === 'to app')) {
    keep({ kind: call.kind as Seed['kind'], name: nameOf(call), payload: call.request as object });
  }
}

/** Filled in and sent until it closes or shows something else, as a person would who reads what is refused. */
async function send(modal: SeenModal, form: Form, id: string): Promise<void> {
  const before = await fillAll(modal, untold.test(id) ? marker : 'In words');
  await form.choose?.(modal);
  for (let tries = 0; tries < 5; tries += 1) {
    const { status, errors } = await modal.submit();
    if (status === 'closed') return;
    if (Object.keys(errors).length === 0 && !modal.labels.some((label) => before.has(label))) return;
    for (const label of Object.keys(errors)) {
      const was = before.get(label);
      if (typeof was === 'string') await modal.fill(label, was);
      else if (modal.value(label) === null) await modal.fill(label, '10');
      else await modal.clear(label);
    }
  }
}

function nameOf({ kind, method, request }: Call): string {
  const { actions, view, text } = request as {
    actions?: { action_id: string }[];
    view?: { callback_id: string };
    text?: string;
  };
  if (kind === 'command') return String(text);
  if (actions !== undefined) return `${actions[0]?.action_id.split(':')[0]}`;
  return `${method} ${view?.callback_id ?? ''}`;
}

const whose = {
  team: { id: 'T0WORLD', domain: 'test' },
  user: { id: 'U0', username: 'somebody', name: 'somebody', team_id: 'T0WORLD' },
  api_app_id: slackApp.appId,
  token: '',
  enterprise: null,
  is_enterprise_install: false,
  trigger_id: '1.2.3',
};

/** As Slack would tell of a press on it. */
function pressed({ actionId, element, view }: OldButton): Seed {
  const { options, value } = element as { options?: { value: string }[]; value?: string };
  const chosen = options?.[0];
  const action = {
    type: element.type,
    action_id: element.action_id,
    block_id: 'b1',
    action_ts: '1.000001',
    ...(value === undefined ? {} : { value }),
    ...(chosen === undefined ? {} : { selected_option: chosen }),
    ...(element.type === 'datepicker' ? { selected_date: '2026-03-20' } : {}),
    ...(element.type === 'users_select' ? { selected_user: userId('Sam Rivera') } : {}),
  };
  const place =
    view === undefined
      ? {
          container: { type: 'message', message_ts: '1.000001', channel_id: 'D0AGREED', is_ephemeral: false },
          channel: { id: 'D0AGREED', name: 'directmessage' },
          message: { type: 'message', ts: '1.000001', text: 'Old', blocks: [] },
          response_url: '',
        }
      : {
          container: { type: 'view', view_id: 'V0AGREED' },
          view: {
            id: 'V0AGREED',
            team_id: 'T0WORLD',
            type: view.callbackId === '' ? 'home' : 'modal',
            blocks: [],
            private_metadata: view.privateMetadata,
            callback_id: view.callbackId,
            state: { values: {} },
            hash: '1.abc',
          },
        };
  const payload = { type: 'block_actions', ...whose, ...place, actions: [action] };
  return { kind: 'interactive', name: `${actionId} in ${view?.callbackId ?? 'a message'}`, payload };
}

const rests = ['', '@', '@ 2026-03-20', '2026-03-20 2026-03-25', 'new', 'help', '3'];

function commands(): Seed[] {
  const mention = `<@${userId('Sam Rivera')}|sam>`;
  return features
    .flatMap(({ commands: words = {} }) => Object.keys(words))
    .flatMap((word) => rests.map((rest) => `${word} ${rest.replace('@', mention)}`.trim()))
    .map((text) => ({
      kind: 'command',
      name: text,
      payload: {
        command: '/coach',
        text,
        token: '',
        team_id: 'T0WORLD',
        team_domain: 'test',
        channel_id: 'D0AGREED',
        channel_name: 'directmessage',
        user_id: 'U0',
        user_name: 'somebody',
        api_app_id: slackApp.appId,
        is_enterprise_install: 'false',
        response_url: '',
        trigger_id: '1.2.3',
      },
    }));
}

const withoutMarker = (payload: object): object =>
  JSON.parse(JSON.stringify(payload).replaceAll(marker, 'in words')) as object;
