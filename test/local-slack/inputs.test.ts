import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { Person } from '#test/person.ts';
import { input, OPTIONS, openInputs } from './input-modal.ts';
import { type RawApp, startRawApp } from './raw-app.ts';
import { APP, GENERAL, MIA, SAM, SAM_REED, startWorkspace } from './workspace.ts';

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

interface Submission {
  state?: { values: Record<string, Record<string, unknown>> };
}

/** What the app is told of each field. */
function reported(): Record<string, unknown> {
  const view = raw.received.at(-1)?.payload['view'] as Submission | undefined;
  const values = Object.entries(view?.state?.values ?? {});
  return Object.fromEntries(values.map(([block, actions]) => [block, Object.values(actions)[0]]));
}

const ALL = [
  input('plain_text_input'),
  input('number_input', { is_decimal_allowed: true }),
  input('email_text_input'),
  input('url_text_input'),
  input('rich_text_input'),
  input('datepicker'),
  input('timepicker'),
  input('datetimepicker'),
  input('radio_buttons', { options: OPTIONS }),
  input('checkboxes', { options: OPTIONS }),
  input('static_select', { options: OPTIONS }),
  input('multi_static_select', { options: OPTIONS }),
  input('external_select', { min_query_length: 1 }),
  input('multi_external_select', { min_query_length: 1 }),
  input('users_select'),
  input('multi_users_select'),
  input('conversations_select'),
  input('multi_conversations_select'),
  input('channels_select'),
  input('multi_channels_select'),
  input('file_input'),
];

describe('what the app is told of a field', () => {
  it('left empty', async () => {
    const modal = await open(...ALL.map((one) => ({ ...one, optional: true })));
    await modal.submit();
    const one = (type: string, key: string, value: unknown) => [type, { type, [key]: value }];
    expect(reported()).toEqual(
      Object.fromEntries([
        one('plain_text_input', 'value', null),
        one('number_input', 'value', null),
        one('email_text_input', 'value', null),
        one('url_text_input', 'value', null),
        ['rich_text_input', { type: 'rich_text_input' }],
        one('datepicker', 'selected_date', null),
        one('timepicker', 'selected_time', null),
        one('datetimepicker', 'selected_date_time', null),
        one('radio_buttons', 'selected_option', null),
        one('checkboxes', 'selected_options', []),
        one('static_select', 'selected_option', null),
        one('multi_static_select', 'selected_options', []),
        one('external_select', 'selected_option', null),
        one('multi_external_select', 'selected_options', []),
        one('users_select', 'selected_user', null),
        one('multi_users_select', 'selected_users', []),
        one('conversations_select', 'selected_conversation', null),
        one('multi_conversations_select', 'selected_conversations', []),
        one('channels_select', 'selected_channel', null),
        one('multi_channels_select', 'selected_channels', []),
        one('file_input', 'files', []),
      ]),
    );
  });

  it('filled in', async () => {
    const modal = await open(...ALL);
    expect(Object.keys((await modal.submit()).errors)).toEqual(ALL.map((one) => one.block_id));
    raw.answer = ({ payload }) =>
      payload['type'] === 'block_suggestion' ? { body: { options: OPTIONS } } : {};
    await modal.fill('plain_text_input', 'text');
    await modal.fill('number_input', '1.5');
    await modal.fill('email_text_input', 'a@b.co');
    await modal.fill('url_text_input', 'https://example.com');
    await modal.fill('rich_text_input', 'rich');
    await modal.pick('datepicker', '2026-03-01');
    await modal.pick('timepicker', '09:30');
    await modal.pick('datetimepicker', 1_772_442_000);
    await modal.choose('radio_buttons', 'Green');
    await modal.choose('checkboxes', 'Red', 'Blue');
    await modal.choose('static_select', 'Red');
    await modal.choose('multi_static_select', 'Red', 'Green');
    await modal.choose('external_select', 'Blue');
    await modal.choose('multi_external_select', 'Blue', 'Red');
    await modal.choose('users_select', 'Sam Reed');
    await modal.choose('multi_users_select', 'Sam Ortiz', 'Sam Reed');
    await modal.choose('conversations_select', 'managers');
    await modal.choose('multi_conversations_select', 'general');
    await modal.choose('channels_select', 'general');
    await modal.choose('multi_channels_select', 'general', 'other');
    await modal.attach('file_input', { name: 'a.csv', mimetype: 'text/csv', base64: btoa('x,y') });
    expect(await modal.submit()).toMatchObject({ closed: true });
    expect(reported()).toMatchObject({
      plain_text_input: { value: 'text' },
      number_input: { value: '1.5' },
      email_text_input: { value: 'a@b.co' },
      url_text_input: { value: 'https://example.com' },
      rich_text_input: {
        rich_text_value: { type: 'rich_text', elements: [{ elements: [{ text: 'rich' }] }] },
      },
      datepicker: { selected_date: '2026-03-01' },
      timepicker: { selected_time: '09:30' },
      datetimepicker: { selected_date_time: 1_772_442_000 },
      radio_buttons: { selected_option: { value: 'green', text: { text: 'Green' } } },
      checkboxes: { selected_options: [{ value: 'red' }, { value: 'blue' }] },
      static_select: { selected_option: { value: 'red' } },
      multi_static_select: { selected_options: [{ value: 'red' }, { value: 'green' }] },
      external_select: { selected_option: { value: 'blue' } },
      multi_external_select: { selected_options: [{ value: 'blue' }, { value: 'red' }] },
      users_select: { selected_user: SAM_REED },
      multi_users_select: { selected_users: [SAM, SAM_REED] },
      conversations_select: { selected_conversation: 'C0PRIVATE1' },
      multi_conversations_select: { selected_conversations: [GENERAL] },
      channels_select: { selected_channel: GENERAL },
      multi_channels_select: { selected_channels: [GENERAL, 'C0OTHER001'] },
      file_input: { files: [{ name: 'a.csv', mimetype: 'text/csv', size: 3 }] },
    });
  });

  it('untouched, with its initial value', async () => {
    const [red, green] = [OPTIONS[0], OPTIONS[1]];
    const modal = await open(
      input('plain_text_input', { initial_value: 'before' }),
      input('number_input', { is_decimal_allowed: false, initial_value: '3' }),
      input('datepicker', { initial_date: '2026-03-02' }),
      input('timepicker', { initial_time: '16:00' }),
      input('static_select', { options: OPTIONS, initial_option: red }),
      input('checkboxes', { options: OPTIONS, initial_options: [red, green] }),
      input('external_select', { initial_option: green }),
      input('users_select', { initial_user: SAM }),
      input('multi_users_select', { initial_users: [SAM] }),
      input('channels_select', { initial_channel: GENERAL }),
    );
    expect(modal.value('users_select')).toBe('Sam Ortiz');
    expect(modal.value('checkboxes')).toEqual(['Red', 'Green']);
    expect((await modal.submit()).closed).toBe(true);
    expect(reported()).toMatchObject({
      plain_text_input: { value: 'before' },
      number_input: { value: '3' },
      datepicker: { selected_date: '2026-03-02' },
      timepicker: { selected_time: '16:00' },
      static_select: { selected_option: { value: 'red' } },
      checkboxes: { selected_options: [{ value: 'red' }, { value: 'green' }] },
      external_select: { selected_option: { value: 'green' } },
      users_select: { selected_user: SAM },
      multi_users_select: { selected_users: [SAM] },
      channels_select: { selected_channel: GENERAL },
    });
  });
});

describe('what the client does not let through', () => {
  it.each([
    [input('plain_text_input', { min_length: 3 }), 'ab', 'Must be at least 3 characters'],
    [input('plain_text_input', { max_length: 3 }), 'abcd', 'Must be less than 4 characters'],
    [input('number_input', { is_decimal_allowed: false }), '1.5', 'Enter a whole number'],
    [input('number_input', { is_decimal_allowed: true }), 'many', 'Enter a number'],
    [
      input('number_input', { is_decimal_allowed: false, min_value: '2' }),
      '1',
      'Enter a number that is at least 2',
    ],
    [
      input('number_input', { is_decimal_allowed: false, max_value: '8' }),
      '9',
      'Enter a number that is at most 8',
    ],
    [input('email_text_input'), 'nobody', 'Enter a valid email address'],
    [input('url_text_input'), 'nowhere', 'Enter a valid URL'],
  ])('%#: %s', async (block, text, problem) => {
    const modal = await open(block);
    raw.received.length = 0;
    await modal.fill(block.block_id, text);
    expect((await modal.submit()).errors).toEqual({ [block.block_id]: problem });
    expect(modal.errors).toEqual({ [block.block_id]: problem });
    expect(raw.received).toEqual([]);
  });

  it('an optional field may stay empty, but not be wrong', async () => {
    const modal = await open(input('email_text_input', {}, { optional: true }));
    await modal.fill('email_text_input', 'nobody');
    expect((await modal.submit()).status).toBe('errors');
    await modal.clear('email_text_input');
    expect((await modal.submit()).status).toBe('closed');
  });

  it('choices that are not there', async () => {
    const modal = await open(
      input('static_select', { options: OPTIONS }),
      input('multi_static_select', { options: OPTIONS, max_selected_items: 1 }),
    );
    await expect(modal.choose('static_select', 'Pink')).rejects.toThrow(
      '"static_select" has no choice "Pink"; there are "Red", "Green", "Blue"',
    );
    await expect(modal.choose('multi_static_select', 'Red', 'Blue')).rejects.toThrow(
      'At most 1 can be chosen',
    );
  });
});
