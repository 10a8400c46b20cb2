/** One of each block the page shows, as an app would send it. */

type Json = Record<string, unknown>;

const plain = (text: string): Json => ({ type: 'plain_text', text });
const md = (text: string): Json => ({ type: 'mrkdwn', text });
const option = (text: string, value = text.toLowerCase()): Json => ({ text: plain(text), value });
const button = (text: string, action: string, more: Json = {}): Json => ({
  type: 'button',
  text: plain(text),
  action_id: action,
  value: action,
  ...more,
});
const text = (words: string, style?: Json): Json => ({
  type: 'text',
  text: words,
  ...(style ? { style } : {}),
});
const section = (...elements: Json[]): Json => ({ type: 'rich_text_section', elements });
const cell = (words: string): Json => ({ type: 'raw_text', text: words });
const number = (value: number): Json => ({ type: 'raw_number', value, text: String(value) });

export const names = Array.from({ length: 60 }, (_, index) => `Person ${String(index + 1).padStart(2, '0')}`);

export const words: Json[] = [
  { type: 'header', text: plain('Your week :calendar:') },
  {
    type: 'section',
    text: md(
      'Hello <@U0ADA>: *bold*, _italic_, ~struck~, `code`, <https://example.com|a link>, <#C0GENERAL>, :tada:, :no_such_emoji: and 3 &lt; 4 &amp; 5.\n&gt; A quote\n```a block\nof code```',
    ),
    accessory: button('Open', 'open-small', { style: 'primary' }),
  },
  {
    type: 'section',
    fields: [
      md('*Account*\nHarbour'),
      md('*Stage*\nNegotiation'),
      md('*Value*\n48,000'),
      plain('plain :bulb:'),
    ],
  },
  { type: 'divider' },
  {
    type: 'section',
    text: md('*Who is it about?*'),
    accessory: {
      type: 'static_select',
      action_id: 'who',
      placeholder: plain('Choose somebody'),
      options: names.map((name) => option(name)),
    },
  },
  {
    type: 'actions',
    elements: [
      button('All inputs', 'open-inputs', { style: 'primary' }),
      button('Remove', 'remove', {
        style: 'danger',
        confirm: {
          title: plain('Remove this?'),
          text: md('It is gone then.'),
          confirm: plain('Remove'),
          deny: plain('Keep'),
        },
      }),
      { type: 'datepicker', action_id: 'day', initial_date: '2026-06-11' },
      {
        type: 'overflow',
        action_id: 'later',
        options: [option('Later today'), option('Tomorrow'), option('Next week')],
      },
    ],
  },
  {
    type: 'context',
    elements: [
      { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a face' },
      md('Only you see this. <!date^1781208000^Sent {date_short_pretty} at {time}|then>'),
    ],
  },
  {
    type: 'image',
    image_url: 'https://example.com/b.png',
    alt_text: 'A chart of the quarter',
    title: plain('The quarter'),
  },
];

export const rich: Json[] = [
  {
    type: 'rich_text',
    elements: [
      section(
        text('Rich '),
        text('bold', { bold: true }),
        text(' and '),
        text('code', { code: true }),
        text(' '),
        {
          type: 'emoji',
          name: 'rocket',
        },
        text(' '),
        { type: 'user', user_id: 'U0ADA' },
        text(' '),
        { type: 'link', url: 'https://example.com', text: 'link' },
      ),
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [section(text('First')), section(text('Second'))],
      },
      { type: 'rich_text_list', style: 'ordered', indent: 1, elements: [section(text('Inner'))] },
      { type: 'rich_text_quote', elements: [text('Quoted')] },
      { type: 'rich_text_preformatted', elements: [text('pre\n  formatted')] },
    ],
  },
  {
    type: 'markdown',
    text: '## Heading\n\nText with **bold**, _italic_, `code` and [a link](https://example.com) :wave:\n\n- one\n- two\n  1. inner\n\n> quote\n\n| Rep | Logged |\n| --- | ---: |\n| Sam | 4 |\n| Aisha | 3 |\n\n```\ncode\n```',
  },
  {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'right' }],
    rows: [
      [cell('Rep'), cell('1:1s')],
      [cell('Sam Rivera'), number(4)],
      [{ type: 'rich_text', elements: [section(text('Aisha', { bold: true }))] }, number(3)],
    ],
  },
];

const categories = ['Day 2', 'Day 7', 'Day 14', 'Day 30'];
const points = (...values: number[]): Json[] =>
  values.map((value, index) => ({ label: categories[index], value }));

export const figures: Json[] = [
  {
    type: 'data_table',
    caption: 'Adherence by duty',
    page_size: 5,
    rows: [
      [cell('Duty'), cell('Done'), cell('Expired')],
      ...names.slice(0, 12).map((name, index) => [cell(name), number(index * 7), number(12 - index)]),
    ],
  },
  {
    type: 'data_visualization',
    title: 'Retention',
    chart: {
      type: 'line',
      series: [
        { name: 'Observed', data: points(100, 82, 74, 61) },
        { name: 'Illustration', data: points(87, 62, 39, 13) },
      ],
      axis_config: { categories, x_label: 'Days after training', y_label: 'Percent' },
    },
  },
  {
    type: 'data_visualization',
    title: 'Time mix',
    chart: {
      type: 'bar',
      series: [
        { name: 'Reported', data: points(22, 31, 30, 17) },
        { name: 'Reference', data: points(29, 28, 27, 16) },
      ],
      axis_config: { categories },
    },
  },
];

export const shares: Json[] = [
  {
    type: 'data_visualization',
    title: 'Where the week went',
    chart: {
      type: 'pie',
      segments: [
        { label: 'Coaching', value: 28 },
        { label: 'Selling', value: 27 },
        { label: 'Innovating', value: 29 },
        { label: 'Other', value: 16 },
      ],
    },
  },
  {
    type: 'data_visualization',
    title: 'Area',
    chart: {
      type: 'area',
      series: [{ name: 'Logged', data: points(3, 5, 4, 8) }],
      axis_config: { categories },
    },
  },
  {
    type: 'input',
    label: plain('A note in a message'),
    dispatch_action: true,
    element: { type: 'plain_text_input', action_id: 'note' },
  },
];

const input = (id: string, label: string, element: Json, more: Json = {}): Json => ({
  type: 'input',
  block_id: id,
  label: plain(label),
  element: { action_id: id, ...element },
  optional: true,
  ...more,
});

/** Every kind of input in one modal. */
export function inputsModal(more: Json[] = []): Json {
  return {
    type: 'modal',
    callback_id: 'inputs',
    title: plain('All inputs'),
    submit: plain('Save'),
    close: plain('Not now'),
    blocks: [
      input(
        'words',
        'Words',
        { type: 'plain_text_input', placeholder: plain('A few') },
        { optional: false, hint: plain('A hint below it') },
      ),
      input('lines', 'Lines', { type: 'plain_text_input', multiline: true, max_length: 50 }),
      input('count', 'Count', {
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: '1',
        max_value: '9',
      }),
      input('mail', 'Mail', { type: 'email_text_input' }),
      input('link', 'Link', { type: 'url_text_input' }),
      input('day', 'Day', { type: 'datepicker' }),
      input('time', 'Time', { type: 'timepicker' }),
      input('moment', 'Moment', { type: 'datetimepicker' }),
      input('one', 'One of sixty', {
        type: 'static_select',
        placeholder: plain('Choose a person'),
        options: names.map((name) => option(name)),
      }),
      input('some', 'Some of them', {
        type: 'multi_static_select',
        max_selected_items: 3,
        options: names.slice(0, 20).map((name) => option(name)),
      }),
      input('found', 'Looked up', { type: 'external_select', min_query_length: 2 }),
      input('user', 'User', { type: 'users_select' }),
      input('users', 'Users', { type: 'multi_users_select' }),
      input('channel', 'Channel', { type: 'channels_select' }),
      input('talk', 'Conversation', { type: 'conversations_select' }),
      input('radio', 'Radio', {
        type: 'radio_buttons',
        options: [option('Saw it'), { ...option('Heard it'), description: plain('From somebody') }],
      }),
      input('ticks', 'Ticks', { type: 'checkboxes', options: [option('Keep'), option('Share')] }),
      input('file', 'File', { type: 'file_input', filetypes: ['txt'], max_files: 2 }),
      { type: 'actions', block_id: 'go', elements: [button('Deeper', 'push'), button('More', 'more')] },
      ...more,
    ],
  };
}

export function smallModal(depth: number): Json {
  return {
    type: 'modal',
    callback_id: 'small',
    title: plain(`Level ${depth}`),
    submit: plain('Done'),
    blocks: [
      input('name', 'Name', { type: 'plain_text_input' }),
      { type: 'actions', block_id: 'go', elements: [button('Deeper', 'push')] },
    ],
  };
}
