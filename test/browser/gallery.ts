import { z } from 'zod';
import { type LocalSlack, startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { createPage } from '#sandbox/page-server/page.ts';
import type { PageSandbox } from '#sandbox/page-server/parts.ts';
import { type Answer, type RawApp, startRawApp } from '../local-slack/raw-app.ts';
import { figures, inputsModal, names, rich, shares, smallModal, words } from './gallery-blocks.ts';

export const ada = 'U0ADA';
const general = 'C0GENERAL';
const start = Date.parse('2026-06-11T20:00:00Z');

export interface Gallery {
  slack: LocalSlack;
  app: RawApp;
  url: string;
  call(method: string, body: object): Promise<Record<string, unknown>>;
  post(channel: string, blocks: unknown[], text: string, more?: object): Promise<string>;
  stop(): Promise<void>;
}

/** A local Slack with an app that sends one of everything: what the product does not send yet can be seen in it. */
export async function startGallery(): Promise<Gallery> {
  let page: PageSandbox | undefined;
  const handle = createPage(() => page);
  const slack = await startLocalSlack({
    team: { id: 'T0GALLERY', name: 'Gallery' },
    app: {
      appId: 'A0GALLERY',
      botUserId: 'U0GALLERY',
      botId: 'B0GALLERY',
      name: 'Gallery',
      botToken: 'xoxb-gallery',
      signingSecret: 'gallery',
      scopes: ['chat:write', 'im:write', 'im:history', 'users:read', 'commands', 'channels:history'],
      commands: [{ command: '/show', description: 'Show something', usageHint: 'what' }],
      shortcuts: [
        { type: 'global', name: 'Open the inputs', callbackId: 'inputs' },
        { type: 'message', name: 'Take this apart', callbackId: 'apart' },
      ],
    },
    users: [
      {
        id: ada,
        name: 'ada',
        realName: 'Ada King',
        email: 'ada@example.com',
        tz: 'America/New_York',
        title: 'Manager',
      },
      { id: 'U0BEN', name: 'ben', realName: 'Ben Ode', email: 'ben@example.com', tz: 'Asia/Tokyo' },
    ],
    channels: [{ id: general, name: 'general', members: [ada, 'U0BEN', 'U0GALLERY'] }],
    businessNow: () => start,
    ackTimeoutMs: 1000,
    handler: (request, response) => handle(request, response),
  });
  const app = await startRawApp(slack);
  const call = async (method: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${slack.apiUrl}${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer xoxb-gallery' },
      body: JSON.stringify(body),
    });
    const read = z.looseObject({ ok: z.boolean() }).parse(await answer.json());
    if (!read.ok) throw new Error(`${method}: ${JSON.stringify(read)}`);
    return read;
  };
  app.answer = (received) => answerOf(received.payload, call);
  page = {
    slack,
    clock: { now: () => start },
    travelTo: () => Promise.resolve(),
    travelToNextMessage: () => Promise.resolve(start),
  };
  const post: Gallery['post'] = async (channel, blocks, text, more = {}) => {
    const posted = await call('chat.postMessage', { channel, text, blocks, ...more });
    return String(posted['ts']);
  };
  await post(ada, words, 'Words');
  await post(ada, rich, 'Rich text');
  await post(ada, figures, 'Figures');
  await post(ada, shares, 'Shares');
  return {
    slack,
    app,
    url: slack.url,
    call,
    post,
    async stop() {
      await app.close();
      await slack.close();
    },
  };
}

const interaction = z.looseObject({
  type: z.string().optional(),
  trigger_id: z.string().optional(),
  value: z.string().optional(),
  actions: z.array(z.looseObject({ action_id: z.string() })).optional(),
  view: z
    .looseObject({
      id: z.string(),
      callback_id: z.string().optional(),
      previous_view_id: z.string().nullish(),
      state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
    })
    .optional(),
});

type CallApi = (method: string, body: object) => Promise<unknown>;

function answerOf(payload: Record<string, unknown>, call: CallApi): Answer {
  const { type, trigger_id, actions, view, value } = interaction.parse(payload);
  if (payload['command'] !== undefined)
    return payload['text'] === 'nothing' ? null : { body: { text: 'Shown.' } };
  if (type === 'block_suggestion') return { body: { options: found(value ?? '') } };
  if (type === 'shortcut') {
    void call('views.open', { trigger_id, view: inputsModal() });
    return {};
  }
  if (type === 'view_submission') return submitted(view);
  switch (actions?.[0]?.action_id) {
    case 'open-inputs':
      void call('views.open', { trigger_id, view: inputsModal() });
      break;
    case 'open-small':
      void call('views.open', { trigger_id, view: smallModal(1) });
      break;
    case 'push':
      void call('views.push', { trigger_id, view: smallModal(view?.callback_id === 'inputs' ? 2 : 3) });
      break;
    case 'more':
      void call('views.update', {
        view_id: view?.id,
        view: inputsModal([{ type: 'section', text: { type: 'mrkdwn', text: 'There is more now.' } }]),
      });
      break;
    case 'remove':
      return { status: 500 };
  }
  return {};
}

function found(typed: string): object[] {
  return names
    .filter((name) => name.toLowerCase().includes(typed.toLowerCase()))
    .slice(0, 20)
    .map((name) => ({ text: { type: 'plain_text', text: name }, value: name }));
}

function submitted(view: z.infer<typeof interaction>['view']): Answer {
  const words = String(view?.state.values['words']?.['words']?.['value'] ?? '');
  if (words === 'improve') {
    return {
      body: {
        response_action: 'errors',
        errors: { words: 'Say when, and what instead.', lines: 'This one too.' },
      },
    };
  }
  if (words === 'break') return { status: 500 };
  return {};
}
