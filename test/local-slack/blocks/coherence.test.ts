import { describe, expect, test } from 'vitest';
import { ELEMENTS } from '#test/local-slack/blocks/elements.ts';
import {
  accessory,
  actions,
  button,
  cell,
  chart,
  confirm,
  dataTable,
  image,
  input,
  type Json,
  md,
  option,
  paragraph,
  plain,
  plot,
  problemsOn,
  richText,
  section,
} from '#test/local-slack/blocks/samples.ts';

const container = (more: Json): Json => ({
  type: 'container',
  title: plain(),
  child_blocks: [section()],
  ...more,
});
const inParagraph = (leaf: Json): Json => richText(paragraph(leaf));
const date = (format: string): Json => inParagraph({ type: 'date', timestamp: 1, format });
const typed = (type: string, more: Json): Json => input({ type, ...more });

type Case = readonly [what: string, good: Json, bad: Json, problem: string];

function hold(surface: 'message' | 'modal' | 'home', cases: readonly Case[]): void {
  test.each(cases)('%s', (_, good, bad, problem) => {
    expect(problemsOn(surface, good)).toEqual([]);
    expect(problemsOn(surface, bad)).toEqual([`blocks[0]${problem}`]);
  });
}

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

describe('where Slack demands plain text', () => {
  const mrkdwn = { type: 'mrkdwn', text: 'a' };
  const refused = '"mrkdwn", must be plain_text';
  hold('message', [
    ['header', { type: 'header', text: plain() }, { type: 'header', text: mrkdwn }, `.text.type: ${refused}`],
    ['button', accessory(button()), accessory(button({ text: mrkdwn })), `.accessory.text.type: ${refused}`],
    [
      'placeholder',
      accessory({ type: 'datepicker', placeholder: plain() }),
      accessory({ type: 'datepicker', placeholder: mrkdwn }),
      `.accessory.placeholder.type: ${refused}`,
    ],
    [
      'label',
      typed('plain_text_input', {}),
      input({ type: 'plain_text_input' }, { label: mrkdwn }),
      `.label.type: ${refused}`,
    ],
    [
      'hint',
      typed('plain_text_input', {}),
      input({ type: 'plain_text_input' }, { hint: mrkdwn }),
      `.hint.type: ${refused}`,
    ],
    ['image title', image({ title: plain() }), image({ title: mrkdwn }), `.title.type: ${refused}`],
    [
      'confirm button',
      accessory(button({ confirm: confirm() })),
      accessory(button({ confirm: confirm({ deny: mrkdwn }) })),
      `.accessory.confirm.deny.type: ${refused}`,
    ],
    [
      'emoji is for plain text',
      section({ text: plain() }),
      section({ text: { ...mrkdwn, emoji: true } }),
      '.text: unknown property "emoji"',
    ],
    [
      'verbatim is for mrkdwn',
      section({ text: md() }),
      section({ text: { ...plain(), verbatim: true } }),
      '.text: unknown property "verbatim"',
    ],
  ]);

  test('a confirm dialog needs all four of its texts', () => {
    const { deny, ...undeniable } = confirm();
    expect(problemsOn('message', accessory(button({ confirm: { ...undeniable, deny } })))).toEqual([]);
    expect(problemsOn('message', accessory(button({ confirm: undeniable })))).toEqual([
      'blocks[0].accessory.confirm.deny: missing, must be an object',
    ]);
  });
});

describe('dates, times and numbers', () => {
  hold('modal', [
    [
      'a date exists',
      typed('datepicker', { initial_date: '2028-02-29' }),
      typed('datepicker', { initial_date: '2027-02-29' }),
      '.element.initial_date: "2027-02-29", must be a date (YYYY-MM-DD)',
    ],
    [
      'a date is written from the year',
      typed('datepicker', { initial_date: '2026-01-02' }),
      typed('datepicker', { initial_date: '02.01.2026' }),
      '.element.initial_date: "02.01.2026", must be a date (YYYY-MM-DD)',
    ],
    [
      'a time has two digits each',
      typed('timepicker', { initial_time: '09:05' }),
      typed('timepicker', { initial_time: '9:05' }),
      '.element.initial_time: "9:05", must be a time (HH:mm)',
    ],
    [
      'a time ends at 23:59',
      typed('timepicker', { initial_time: '23:59' }),
      typed('timepicker', { initial_time: '24:00' }),
      '.element.initial_time: "24:00", must be a time (HH:mm)',
    ],
    [
      'a time has no seconds',
      typed('timepicker', { initial_time: '00:00' }),
      typed('timepicker', { initial_time: '00:00:00' }),
      '.element.initial_time: "00:00:00", must be a time (HH:mm)',
    ],
    [
      'a time zone exists',
      typed('timepicker', { timezone: 'Europe/Berlin' }),
      typed('timepicker', { timezone: 'Europe/Bonn' }),
      '.element.timezone: must be an IANA time zone',
    ],
    [
      'an instant is in seconds',
      typed('datetimepicker', { initial_date_time: 1_628_633_820 }),
      typed('datetimepicker', { initial_date_time: 1_628_633_820_000 }),
      '.element.initial_date_time: 1628633820000, at most 9999999999',
    ],
    [
      'an instant has ten digits',
      typed('datetimepicker', { initial_date_time: 1_000_000_000 }),
      typed('datetimepicker', { initial_date_time: 999_999_999 }),
      '.element.initial_date_time: 999999999, at least 1000000000',
    ],
    [
      'an instant is whole',
      typed('datetimepicker', { initial_date_time: 1_628_633_820 }),
      typed('datetimepicker', { initial_date_time: 1_628_633_820.5 }),
      '.element.initial_date_time: 1628633820.5, must be a whole number',
    ],
    [
      'a number is in a string',
      typed('number_input', { is_decimal_allowed: false, min_value: '-1' }),
      typed('number_input', { is_decimal_allowed: false, min_value: 'one' }),
      '.element.min_value: must be a number in a string',
    ],
    [
      'a least number is not over the most',
      typed('number_input', { is_decimal_allowed: false, min_value: '9', max_value: '10' }),
      typed('number_input', { is_decimal_allowed: false, min_value: '10', max_value: '9' }),
      '.element.min_value: is more than max_value',
    ],
    [
      'a number is in range',
      typed('number_input', { is_decimal_allowed: false, initial_value: '9', max_value: '9' }),
      typed('number_input', { is_decimal_allowed: false, initial_value: '10', max_value: '9' }),
      '.element.initial_value: is out of range',
    ],
    [
      'a number is whole where it must be',
      typed('number_input', { is_decimal_allowed: true, initial_value: '0.5' }),
      typed('number_input', { is_decimal_allowed: false, initial_value: '0.5' }),
      '.element.initial_value: must be a whole number',
    ],
    [
      'a least length is not over the most',
      typed('plain_text_input', { min_length: 5, max_length: 5 }),
      typed('plain_text_input', { min_length: 6, max_length: 5 }),
      '.element.min_length: is more than max_length',
    ],
    [
      'a text is not longer than it may be',
      typed('plain_text_input', { initial_value: 'abc', max_length: 3 }),
      typed('plain_text_input', { initial_value: 'abcd', max_length: 3 }),
      '.element.initial_value: is longer than max_length',
    ],
    [
      'fewest lines are not over the most',
      typed('rich_text_input', { action_id: 'a', min_lines: 2, max_lines: 2 }),
      typed('rich_text_input', { action_id: 'a', min_lines: 3, max_lines: 2 }),
      '.element.min_lines: is more than max_lines',
    ],
    [
      'a dispatch trigger is known',
      typed('plain_text_input', { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } }),
      typed('plain_text_input', { dispatch_action_config: { trigger_actions_on: ['on_blur'] } }),
      '.element.dispatch_action_config.trigger_actions_on[0]: "on_blur", must be one of on_enter_pressed, on_character_entered',
    ],
    [
      'a file input does not dispatch',
      input(ELEMENTS['file_input'], { dispatch_action: false }),
      input(ELEMENTS['file_input'], { dispatch_action: true }),
      '.dispatch_action: must not be true with a file_input',
    ],
  ]);
});

describe('links and pictures', () => {
  const source = { id: 'F1', url: 'https://files.slack.com/a.png' };
  hold('message', [
    [
      'a button may open a mail',
      accessory(button({ url: 'mailto:a@example.com' })),
      accessory(button({ url: 'example.com' })),
      '.accessory.url: must be an absolute URL',
    ],
    [
      'an image is on the web',
      image({ image_url: 'http://example.com/a.png' }),
      image({ image_url: 'data:image/png;base64,AA==' }),
      '.image_url: must be an http or https URL',
    ],
    [
      'an image has one source',
      image(),
      image({ slack_file: { id: 'F1' } }),
      ': needs either image_url or slack_file',
    ],
    [
      'an image has a source',
      image(),
      { type: 'image', alt_text: 'A' },
      ': needs either image_url or slack_file',
    ],
    [
      'an image element too',
      accessory(image()),
      accessory({ type: 'image', alt_text: 'A' }),
      '.accessory: needs either image_url or slack_file',
    ],
    [
      'an image says what it shows',
      image(),
      { type: 'image', image_url: 'https://example.com/a.png' },
      '.alt_text: missing, must be a string',
    ],
    [
      'a Slack file has one name',
      { type: 'image', alt_text: 'A', slack_file: { id: 'F1' } },
      { type: 'image', alt_text: 'A', slack_file: source },
      '.slack_file: needs either id or url',
    ],
  ]);

  test('a video is on https', () => {
    const video = { type: 'video', title: plain(), alt_text: 'V', thumbnail_url: 'http://example.com/v.png' };
    expect(problemsOn('home', { ...video, video_url: 'https://example.com/v' })).toEqual([]);
    expect(problemsOn('home', { ...video, video_url: 'http://example.com/v' })).toEqual([
      'blocks[0].video_url: must be an https URL',
    ]);
  });
});

describe('blocks that need one of several things', () => {
  hold('message', [
    ['a section', section(), { type: 'section' }, ': needs text or fields'],
    [
      'a card',
      { type: 'card', body: plain() },
      { type: 'card', subtitle: plain() },
      ': needs at least one of hero_image, title, actions, body',
    ],
    [
      'a card has one icon',
      { type: 'card', title: plain(), icon: image() },
      { type: 'card', title: plain(), icon: image(), slack_icon: { type: 'icon', name: 'star' } },
      '.slack_icon: must not stand beside icon',
    ],
    ['a container', container({}), container({ title: undefined }), ': needs title or rich_text_title'],
    [
      'a collapsed container is collapsible',
      container({ is_collapsible: true, default_collapsed: true }),
      container({ default_collapsed: true }),
      '.default_collapsed: needs is_collapsible',
    ],
    [
      'a container holds no container',
      container({}),
      container({ child_blocks: [container({})] }),
      '.child_blocks[0].type: "container" is unknown or not allowed here, allowed: actions, context, divider, file, header, image, input, rich_text, section, table, video',
    ],
  ]);
});

describe('ids', () => {
  const divider = (block_id?: string): Json => ({ type: 'divider', block_id });

  test('a block_id stands once on a surface', () => {
    expect(problemsOn('message', divider('a'), divider('b'), divider(), divider())).toEqual([]);
    expect(problemsOn('message', divider('a'), divider('b'), divider('a'))).toEqual([
      'blocks[2].block_id: "a" is taken by blocks[0]',
    ]);
  });

  test('a block inside a block counts', () => {
    expect(problemsOn('home', container({ child_blocks: [divider('a')] }), divider('a'))).toEqual([
      'blocks[1].block_id: "a" is taken by blocks[0].child_blocks[0]',
    ]);
  });

  test('an action_id stands once in its block, and may return in another', () => {
    const [a, b] = [button({ action_id: 'a' }), button({ action_id: 'b' })];
    expect(problemsOn('message', actions(a, b), actions(a, b))).toEqual([]);
    expect(problemsOn('message', actions(a, b, a))).toEqual([
      'blocks[0].elements[2].action_id: "a" is taken by blocks[0].elements[0]',
    ]);
  });

  test('so does the action_id of a button in a data table', () => {
    const press = { type: 'action_cell', element: button({ action_id: 'a' }) };
    const other = { type: 'action_cell', element: button({ action_id: 'b' }) };
    expect(problemsOn('home', dataTable([[cell()], [press], [other]]))).toEqual([]);
    expect(problemsOn('home', dataTable([[cell()], [press], [press]]))).toEqual([
      'blocks[0].rows[2][0].element.action_id: "a" is taken by blocks[0].rows[1][0].element',
    ]);
  });
});

describe('rich text', () => {
  hold('message', [
    [
      'a date shows something',
      date('{date_short_pretty} {time}'),
      date('then'),
      '.elements[0].elements[0].format: must hold date tokens that Slack knows, such as {date_short_pretty}',
    ],
    [
      'a date token is known',
      date('{date_long_full}'),
      date('{date} {weekday}'),
      '.elements[0].elements[0].format: must hold date tokens that Slack knows, such as {date_short_pretty}',
    ],
    [
      'a colour is hex',
      inParagraph({ type: 'color', value: '#abc123' }),
      inParagraph({ type: 'color', value: 'red' }),
      '.elements[0].elements[0].value: must be a hex colour such as #F405B3',
    ],
    [
      'an emoji has no colons',
      inParagraph({ type: 'emoji', name: 'wave' }),
      inParagraph({ type: 'emoji', name: ':wave:' }),
      '.elements[0].elements[0].name: must be a name without colons',
    ],
    [
      'a broadcast has a range',
      inParagraph({ type: 'broadcast', range: 'everyone' }),
      inParagraph({ type: 'broadcast', range: 'all' }),
      '.elements[0].elements[0].range: "all", must be one of here, channel, everyone',
    ],
    [
      'a border is on or off',
      richText({ type: 'rich_text_quote', elements: [], border: 1 }),
      richText({ type: 'rich_text_quote', elements: [], border: 2 }),
      '.elements[0].border: 2, must be one of 0, 1',
    ],
    [
      'a list holds sections',
      richText({ type: 'rich_text_list', style: 'bullet', elements: [paragraph()] }),
      richText({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'a' }] }),
      '.elements[0].elements[0].type: "text" is unknown or not allowed here, allowed: rich_text_section',
    ],
    [
      'code holds text and links',
      richText({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a' }] }),
      richText({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
      '.elements[0].elements[0].type: "user" is unknown or not allowed here, allowed: text, link',
    ],
    [
      'a leaf stands in a section',
      richText(paragraph()),
      richText({ type: 'text', text: 'a' }),
      '.elements[0].type: "text" is unknown or not allowed here, allowed: rich_text_section, rich_text_list, rich_text_quote, rich_text_preformatted',
    ],
  ]);
});

describe('tables and charts', () => {
  const rows = [
    [cell('Name'), cell('Calls')],
    [cell(), cell()],
  ];
  const header = [richText(paragraph()), cell()];
  const number = { type: 'raw_number', value: 1 };
  const points = (...labels: string[]) => [{ name: 's', data: labels.map((label) => ({ label, value: 1 })) }];
  const axis_config = { categories: ['a', 'b'] };
  hold('message', [
    [
      'every row of a data table is as long as the first',
      dataTable(rows),
      dataTable([...rows, [cell()]]),
      '.rows[2]: 1 cells, the header row has 2',
    ],
    [
      'a header cell is simple',
      dataTable(rows),
      dataTable([header, [cell(), cell()]]),
      '.rows[0][0].type: a header cell must not be rich_text',
    ],
    [
      'the row header is a column',
      dataTable(rows, { row_header_column_index: 1 }),
      dataTable(rows, { row_header_column_index: 2 }),
      '.row_header_column_index: 2, there are 2 columns',
    ],
    [
      'a data table has a caption',
      dataTable(rows),
      dataTable(rows, { caption: undefined }),
      '.caption: missing, must be a string',
    ],
    [
      'a number has a text',
      { type: 'table', rows: [[{ ...number, text: '1' }]] },
      { type: 'table', rows: [[number]] },
      '.rows[0][0].text: missing, must be a string',
    ],
    [
      'only a data table has buttons',
      dataTable([[cell()], [{ type: 'action_cell', element: button() }]]),
      { type: 'table', rows: [[{ type: 'action_cell', element: button() }]] },
      '.rows[0][0].type: "action_cell" is unknown or not allowed here, allowed: raw_text, raw_number, rich_text',
    ],
    [
      'a table aligns as Slack can',
      { type: 'table', rows, column_settings: [{ align: 'center' }] },
      { type: 'table', rows, column_settings: [{ align: 'middle' }] },
      '.column_settings[0].align: "middle", must be one of left, center, right',
    ],
    [
      'a series has a point for every category',
      chart(plot(['a', 'b'], ['s'])),
      chart({ type: 'bar', axis_config, series: points('a') }),
      '.chart.series[0].data: must have exactly one point for every category',
    ],
    [
      'a series has no point twice',
      chart(plot(['a', 'b'], ['s'])),
      chart({ type: 'area', axis_config, series: points('a', 'a') }),
      '.chart.series[0].data: must have exactly one point for every category',
    ],
    [
      'a point belongs to a category',
      chart(plot(['a', 'b'], ['s'])),
      chart({ type: 'line', axis_config, series: points('a', 'c') }),
      '.chart.series[0].data: must have exactly one point for every category',
    ],
    [
      'series have names of their own',
      chart(plot(['a'], ['s', 't'])),
      chart(plot(['a'], ['s', 's'])),
      '.chart.series: two series have the same name',
    ],
    [
      'a category stands once',
      chart(plot(['a', 'b'], ['s'])),
      chart({ type: 'line', axis_config: { categories: ['a', 'a'] }, series: points('a', 'a') }),
      '.chart.axis_config.categories: a category stands twice',
    ],
    [
      'a chart is of a known type',
      chart(plot(['a'], ['s'])),
      chart(plot(['a'], ['s'], { type: 'donut' })),
      '.chart.type: "donut" is unknown or not allowed here, allowed: pie, bar, area, line',
    ],
  ]);
});
