import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { Person } from '#test/person.ts';
import { choice, input, OPTIONS, openInputs, words } from './input-modal.ts';
import { type RawApp, startRawApp } from './raw-app.ts';
import { APP, GENERAL, MIA, SAM, startWorkspace } from './workspace.ts';

let slack: LocalSlack;
let raw: RawApp;
let client: WebClient;
let mia: Person;

beforeEach(async () => {
  slack = await startWorkspace();
  raw = await startRawApp(slack);
  client = new WebClient(APP.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  mia = new Person(slack, MIA);
});

afterEach(async () => {
  await raw.close();
  await slack.close();
});

const open = (...blocks: object[]) => openInputs({ raw, client, person: mia }, blocks);

describe('when the app hears of a change', () => {
  const actions = () => raw.received.flatMap((one) => one.payload['actions'] ?? []);

  it('at once outside inputs, in inputs only with dispatch_action', async () => {
    const modal = await open(
      input('static_select', { options: OPTIONS }),
      input('radio_buttons', { options: OPTIONS }, { dispatch_action: true }),
      {
        type: 'section',
        block_id: 'beside',
        text: words('Colour'),
        accessory: {
          type: 'static_select',
          action_id: 'side',
          options: OPTIONS,
          placeholder: words('Pick one'),
        },
      },
    );
    await modal.choose('static_select', 'Red');
    expect(actions()).toEqual([]);
    await modal.choose('radio_buttons', 'Green');
    await modal.choose('Pick one', 'Blue');
    expect(actions()).toMatchObject([
      { type: 'radio_buttons', selected_option: { value: 'green' } },
      { type: 'static_select', action_id: 'side', selected_option: { value: 'blue' } },
    ]);
    expect(raw.received.at(-1)?.payload).toMatchObject({
      container: { type: 'view' },
      view: { state: { values: { static_select: { a: { selected_option: { value: 'red' } } } } } },
    });
  });

  it('of text on Enter, or at each character where so configured', async () => {
    const each = { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } };
    const modal = await open(
      input('plain_text_input', {}, { dispatch_action: true }),
      input('email_text_input', each, { dispatch_action: true }),
    );
    await modal.fill('plain_text_input', 'typed');
    expect(actions()).toEqual([]);
    await modal.fill('plain_text_input', 'typed', { enter: true });
    await modal.fill('email_text_input', 'a');
    expect(actions()).toMatchObject([
      { type: 'plain_text_input', value: 'typed' },
      { type: 'email_text_input', value: 'a' },
    ]);
  });

  it('in a message, where the state of its inputs goes along and is the person’s own', async () => {
    const elements = [
      { type: 'datepicker', action_id: 'day', placeholder: words('Day') },
      { type: 'overflow', action_id: 'menu', options: [choice('Skip'), choice('Snooze')] },
    ];
    const blocks = [{ type: 'actions', block_id: 'acts', elements }];
    await client.apiCall('chat.postMessage', { channel: GENERAL, text: 'When?', blocks });
    const [message] = mia.channel('general');
    await message?.pick('Day', '2026-03-03');
    expect(message?.buttons).toEqual(['Skip', 'Snooze']);
    await message?.press('Snooze');
    expect(raw.received.at(-1)?.payload).toMatchObject({
      actions: [{ type: 'overflow', action_id: 'menu', selected_option: { value: 'snooze' } }],
      state: { values: { acts: { day: { selected_date: '2026-03-03' } } } },
    });
    expect(mia.channel('general')[0]?.value('Day')).toBe('2026-03-03');
    expect(new Person(slack, SAM).channel('general')[0]?.value('Day')).toBeNull();
  });
});

describe('an external menu', () => {
  it('asks the app only after enough characters, and shows groups', async () => {
    const groups = [
      { label: words('Warm'), options: [choice('Red')] },
      { label: words('Cold'), options: [choice('Blue')] },
    ];
    raw.answer = ({ payload }) =>
      payload['type'] === 'block_suggestion' ? { body: { option_groups: groups } } : {};
    const modal = await open(input('external_select'));
    const target = {
      surface: { kind: 'view' as const, id: modal.id },
      blockId: 'external_select',
      actionId: 'a',
    };
    expect(await mia.session.loadOptions(target, 're')).toEqual({ status: 'type more', characters: 3 });
    expect(await mia.session.loadOptions(target, 'red')).toMatchObject({
      status: 'options',
      groups: [{ label: 'Warm' }, { label: 'Cold', options: [{ value: 'blue' }] }],
    });
    expect(raw.received.at(-1)?.payload).toMatchObject({
      type: 'block_suggestion',
      action_id: 'a',
      block_id: 'external_select',
      value: 'red',
      view: { id: modal.id },
    });
    raw.answer = () => ({ body: { ok: true } });
    expect(await mia.session.loadOptions(target, 'blue')).toMatchObject({ status: 'failed' });
  });
});
