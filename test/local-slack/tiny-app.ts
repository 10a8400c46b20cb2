import { App, HTTPReceiver, LogLevel, type types } from '@slack/bolt';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { APP } from './workspace.ts';

export interface TinyApp {
  app: App;
  stop(): Promise<void>;
}

const words = (text: string) => ({ type: 'plain_text' as const, text });
const choice = (text: string, value: string) => ({ text: words(text), value });
const PEOPLE = [choice('Ada King', 'ada'), choice('Ben Ode', 'ben')];

export function logModal(note = 'Sam sees this.'): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'log',
    private_metadata: 'pair-1',
    notify_on_close: true,
    title: words('1:1 with Sam'),
    submit: words('Save'),
    close: words('Not now'),
    blocks: [
      { type: 'section', block_id: 'note', text: words(note) },
      {
        type: 'input',
        block_id: 'try',
        label: words('One thing to try'),
        element: { type: 'plain_text_input', action_id: 'text', multiline: true, min_length: 3 },
      },
      {
        type: 'input',
        block_id: 'about',
        optional: true,
        label: words('Mostly about'),
        element: {
          type: 'static_select',
          action_id: 'choice',
          options: [choice('A skill', 'skill'), choice('A stuck deal', 'deal')],
        },
      },
      {
        type: 'input',
        block_id: 'who',
        optional: true,
        label: words('Who else'),
        element: { type: 'external_select', action_id: 'people', min_query_length: 0 },
      },
      {
        type: 'actions',
        block_id: 'more',
        elements: [
          { type: 'button', action_id: 'more', text: words('More') },
          { type: 'button', action_id: 'push', text: words('Add a person') },
        ],
      },
    ],
  };
}

function message(text: string): types.KnownBlock[] {
  return [
    { type: 'section', text: { type: 'mrkdwn', text } },
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: 'done', text: words('Log 1:1'), value: 'pair-1' },
        {
          type: 'button',
          action_id: 'remove',
          text: words('Remove'),
          confirm: {
            title: words('Remove this?'),
            text: words('It is gone then.'),
            confirm: words('Remove'),
            deny: words('Keep'),
          },
        },
      ],
    },
  ];
}

const personModal: types.View = {
  type: 'modal',
  callback_id: 'person',
  title: words('Add a person'),
  submit: words('Add'),
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      label: words('Name'),
      element: { type: 'plain_text_input', action_id: 'text' },
    },
  ],
};

function listen(app: App): void {
  app.command('/coach', async ({ command, ack, client, respond }) => {
    if (command.text === 'silence') return;
    if (command.text === 'help') return ack('Try /coach log @rep');
    if (command.text.startsWith('echo')) {
      await ack();
      await respond({ text: command.text, response_type: 'ephemeral' });
      return;
    }
    await client.views.open({ trigger_id: command.trigger_id, view: logModal() });
    await ack();
  });
  app.view('log', async ({ view, body, ack, client }) => {
    const text = view.state.values['try']?.['text']?.value ?? '';
    if (text.startsWith('improve')) {
      return ack({ response_action: 'errors', errors: { try: 'Say when, and what instead.' } });
    }
    await ack();
    const about = view.state.values['about']?.['choice']?.selected_option?.text.text ?? 'nothing';
    await client.chat.postMessage({
      channel: body.user.id,
      text: `Logged: ${text}`,
      blocks: message(`Logged: ${text} (${about})`),
    });
  });
  app.view('person', async ({ ack }) => ack({ response_action: 'clear' }));
  app.view({ callback_id: 'log', type: 'view_closed' }, async ({ ack, body, client }) => {
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: 'Maybe later.' });
  });
  app.options('people', async ({ options, ack }) => {
    await ack({
      options: PEOPLE.filter((one) => one.text.text.toLowerCase().includes(options.value.toLowerCase())),
    });
  });
  app.action('more', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    await client.views.update({
      view_id: body.view.id,
      hash: body.view.hash,
      view: logModal(`So far: ${body.view.state.values['try']?.['text']?.value ?? 'nothing'}`),
    });
  });
  app.action('push', async ({ ack, body, client }) => {
    await ack();
    if (body.type === 'block_actions')
      await client.views.push({ trigger_id: body.trigger_id, view: personModal });
  });
  app.action('done', async ({ ack, respond }) => {
    await ack();
    await respond({
      replace_original: true,
      text: 'Done.',
      blocks: [{ type: 'section', text: words('Done.') }],
    });
  });
  app.action('remove', async ({ ack, respond }) => {
    await ack();
    await respond({ delete_original: true });
  });
  app.message(async ({ message: said, say }) => {
    if (said.subtype === undefined) await say(`You said: ${said.text}`);
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'section', text: words('Your week') }] },
    });
  });
}

export async function startTinyApp(slack: LocalSlack, mode: 'http' | 'socket'): Promise<TinyApp> {
  const shared = {
    token: APP.botToken,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    logLevel: LogLevel.ERROR,
  };
  if (mode === 'socket') {
    const app = new App({ ...shared, appToken: APP.appToken, socketMode: true });
    listen(app);
    await app.start();
    return { app, stop: async () => void (await app.stop()) };
  }
  const receiver = new HTTPReceiver({ signingSecret: APP.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({ ...shared, receiver });
  listen(app);
  const server = await receiver.start(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  slack.connect({ mode: 'http', url: `http://127.0.0.1:${address.port}/slack/events` });
  return {
    app,
    stop: async () => {
      server.closeAllConnections();
      await receiver.stop();
    },
  };
}
