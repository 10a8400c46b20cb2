import { describe, expect, test } from 'vitest';
import { hold } from '#test/local-slack/blocks/hold.ts';
import { accessory, type Json, md, option, plain, problemsOn } from '#test/local-slack/blocks/samples.ts';

describe('what was chosen before must be on offer', () => {
  const offered = [option('a'), option('b', { description: plain('B') })];
  const exact = option('b', { description: plain('B') });
  const menu = (type: string, more: Json): Json => accessory({ type, options: offered, ...more });
  const refused = 'is not one of the options';

  hold('message', [
    [
      'static_select',
      menu('static_select', { initial_option: exact }),
      menu('static_select', { initial_option: option('c') }),
      `.accessory.initial_option: ${refused}`,
    ],
    [
      'static_select, to the last property',
      menu('static_select', { initial_option: exact }),
      menu('static_select', { initial_option: option('b') }),
      `.accessory.initial_option: ${refused}`,
    ],
    [
      'radio_buttons',
      menu('radio_buttons', { initial_option: exact }),
      menu('radio_buttons', { initial_option: option('c') }),
      `.accessory.initial_option: ${refused}`,
    ],
    [
      'checkboxes',
      menu('checkboxes', { initial_options: [exact] }),
      menu('checkboxes', { initial_options: [exact, option('c')] }),
      `.accessory.initial_options[1]: ${refused}`,
    ],
    [
      'multi_static_select',
      menu('multi_static_select', { initial_options: offered }),
      menu('multi_static_select', { initial_options: [option('c')] }),
      `.accessory.initial_options[0]: ${refused}`,
    ],
    [
      'option groups',
      accessory({
        type: 'static_select',
        option_groups: [{ label: plain(), options: offered }],
        initial_option: exact,
      }),
      accessory({
        type: 'static_select',
        option_groups: [{ label: plain(), options: offered }],
        initial_option: option('c'),
      }),
      `.accessory.initial_option: ${refused}`,
    ],
  ]);

  test('properties that are undefined never reach Slack', () => {
    const loose = [option('a', { description: undefined })];
    expect(
      problemsOn('message', menu('static_select', { options: loose, initial_option: option('a') })),
    ).toEqual([]);
  });

  test('an external menu may begin with anything', () => {
    expect(
      problemsOn('message', accessory({ type: 'external_select', initial_option: option('c') })),
    ).toEqual([]);
  });
});

describe('menus', () => {
  const options = [option('a'), option('b')];
  hold('message', [
    [
      'one of options and option_groups',
      accessory({ type: 'static_select', options }),
      accessory({ type: 'static_select' }),
      '.accessory: needs either options or option_groups',
    ],
    [
      'not both',
      accessory({ type: 'multi_static_select', options }),
      accessory({ type: 'multi_static_select', options, option_groups: [{ label: plain(), options }] }),
      '.accessory: needs either options or option_groups',
    ],
    [
      'values are unique',
      accessory({ type: 'overflow', options }),
      accessory({ type: 'overflow', options: [...options, option('a')] }),
      '.accessory.options: two options have the value "a"',
    ],
    [
      'a select option is plain text',
      accessory({ type: 'static_select', options }),
      accessory({ type: 'static_select', options: [option('a', { text: { type: 'mrkdwn', text: 'a' } })] }),
      '.accessory.options[0].text.type: "mrkdwn", must be plain_text',
    ],
    [
      'an option description is plain text in a select',
      accessory({ type: 'checkboxes', options: [option('a', { description: md() })] }),
      accessory({
        type: 'static_select',
        options: [option('a', { description: { type: 'mrkdwn', text: 'a' } })],
      }),
      '.accessory.options[0].description.type: "mrkdwn", must be plain_text',
    ],
    [
      'only an overflow option has a url',
      accessory({ type: 'overflow', options: [option('a', { url: 'https://example.com' })] }),
      accessory({ type: 'static_select', options: [option('a', { url: 'https://example.com' })] }),
      '.accessory.options[0]: unknown property "url"',
    ],
    [
      'no more chosen than may be',
      accessory({ type: 'multi_users_select', initial_users: ['U1', 'U2'], max_selected_items: 2 }),
      accessory({ type: 'multi_users_select', initial_users: ['U1', 'U2'], max_selected_items: 1 }),
      '.accessory.initial_users: 2 items, but max_selected_items is 1',
    ],
    [
      'a filter filters',
      accessory({ type: 'conversations_select', filter: { exclude_bot_users: true } }),
      accessory({ type: 'conversations_select', filter: { include: undefined } }),
      '.accessory.filter: needs at least one property',
    ],
    [
      'a filter knows its kinds',
      accessory({ type: 'conversations_select', filter: { include: ['im'] } }),
      accessory({ type: 'conversations_select', filter: { include: ['dm'] } }),
      '.accessory.filter.include[0]: "dm", must be one of im, mpim, private, public',
    ],
  ]);

  const initial = options.map(({ value }) => value);
  test.each([
    ['multi_static_select', 'initial_options', { options, initial_options: options }],
    ['multi_external_select', 'initial_options', { initial_options: options }],
    ['multi_users_select', 'initial_users', { initial_users: initial }],
    ['multi_conversations_select', 'initial_conversations', { initial_conversations: initial }],
    ['multi_channels_select', 'initial_channels', { initial_channels: initial }],
  ])('%s begins with no more than may be chosen', (type, key, more) => {
    expect(problemsOn('message', accessory({ type, ...more, max_selected_items: 2 }))).toEqual([]);
    expect(problemsOn('message', accessory({ type, ...more, max_selected_items: 1 }))).toEqual([
      `blocks[0].accessory.${key}: 2 items, but max_selected_items is 1`,
    ]);
  });

  test('a checkbox or radio text may be mrkdwn', () => {
    const options = [option('a', { text: md() })];
    expect(
      problemsOn(
        'home',
        accessory({ type: 'checkboxes', options }),
        accessory({ type: 'radio_buttons', options }),
      ),
    ).toEqual([]);
  });
});
