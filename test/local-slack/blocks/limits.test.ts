import { describe, expect, test } from 'vitest';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import { BLOCKS } from '#test/local-slack/blocks/blocks.ts';
import { ELEMENTS } from '#test/local-slack/blocks/elements.ts';
import {
  accessory,
  actions,
  button,
  cell,
  chart,
  confirm,
  dataTable,
  home,
  image,
  input,
  type Json,
  letters,
  many,
  modal,
  option,
  paragraph,
  plain,
  plot,
  problemsOn,
  richText,
  type Surface,
  section,
  table,
} from '#test/local-slack/blocks/samples.ts';

/** `make(most)` has no problem, `make(most + 1)` has exactly this one. */
interface Limit {
  readonly what: string;
  readonly most: number;
  readonly path: string;
  readonly make: (size: number) => Json;
  readonly on?: Surface;
}

const url = (length: number) => `https://example.com/${letters(length - 20)}`;
const first = (type: string): Json => BLOCKS[type]?.[0] ?? {};
const within = (type: string, more: Json): Json => ({ ...ELEMENTS[type], ...more });
const feedback = (more: Json): Json => ({
  type: 'context_actions',
  elements: [{ ...ELEMENTS['feedback_buttons'], negative_button: { text: plain(), value: 'no', ...more } }],
});
const icon = (more: Json): Json => ({
  type: 'context_actions',
  elements: [within('icon_button', more)],
});
const pie = (segments: Json[]) => chart({ type: 'pie', segments });
const labels = (count: number) => many(count, (index) => `label ${index}`);
const options = (count: number) => many(count, (index) => option(`value ${index}`));
const card = (more: Json): Json => ({ type: 'card', title: plain(), ...more });
const container = (more: Json): Json => ({
  type: 'container',
  title: plain(),
  child_blocks: [section()],
  ...more,
});

const CHARACTERS: readonly Limit[] = [
  { what: 'section text', most: 3000, path: '.text', make: (n) => section({ text: plain(letters(n)) }) },
  {
    what: 'section field',
    most: 2000,
    path: '.fields[1]',
    make: (n) => section({ fields: [plain(), plain(letters(n))] }),
  },
  { what: 'header', most: 150, path: '.text', make: (n) => ({ type: 'header', text: plain(letters(n)) }) },
  {
    what: 'context text',
    most: 3000,
    path: '.elements[0]',
    make: (n) => ({ type: 'context', elements: [plain(letters(n))] }),
  },
  { what: 'block_id', most: 255, path: '.block_id', make: (n) => section({ block_id: letters(n) }) },
  {
    what: 'rich text block_id',
    most: 255,
    path: '.block_id',
    make: (n) => ({ ...richText(), block_id: letters(n) }),
  },
  {
    what: 'action_id',
    most: 255,
    path: '.accessory.action_id',
    make: (n) => accessory(button({ action_id: letters(n) })),
  },
  {
    what: 'button text',
    most: 75,
    path: '.accessory.text',
    make: (n) => accessory(button({ text: plain(letters(n)) })),
  },
  {
    what: 'button value',
    most: 2000,
    path: '.accessory.value',
    make: (n) => accessory(button({ value: letters(n) })),
  },
  { what: 'button url', most: 3000, path: '.accessory.url', make: (n) => accessory(button({ url: url(n) })) },
  {
    what: 'button accessibility_label',
    most: 75,
    path: '.accessory.accessibility_label',
    make: (n) => accessory(button({ accessibility_label: letters(n) })),
  },
  {
    what: 'workflow button text',
    most: 75,
    path: '.accessory.text',
    make: (n) => accessory(within('workflow_button', { text: plain(letters(n)) })),
    on: 'message',
  },
  {
    what: 'confirm title',
    most: 100,
    path: '.accessory.confirm.title',
    make: (n) => accessory(button({ confirm: confirm({ title: plain(letters(n)) }) })),
  },
  {
    what: 'confirm text',
    most: 300,
    path: '.accessory.confirm.text',
    make: (n) => accessory(button({ confirm: confirm({ text: plain(letters(n)) }) })),
  },
  {
    what: 'confirm button',
    most: 30,
    path: '.accessory.confirm.confirm',
    make: (n) => accessory(button({ confirm: confirm({ confirm: plain(letters(n)) }) })),
  },
  {
    what: 'deny button',
    most: 30,
    path: '.accessory.confirm.deny',
    make: (n) => accessory(button({ confirm: confirm({ deny: plain(letters(n)) }) })),
  },
  {
    what: 'placeholder',
    most: 150,
    path: '.accessory.placeholder',
    make: (n) => accessory(within('datepicker', { placeholder: plain(letters(n)) })),
  },
  {
    what: 'option text',
    most: 75,
    path: '.accessory.options[0].text',
    make: (n) => accessory({ type: 'static_select', options: [option('a', { text: plain(letters(n)) })] }),
  },
  {
    what: 'option value',
    most: 150,
    path: '.accessory.options[0].value',
    make: (n) => accessory({ type: 'static_select', options: [option(letters(n))] }),
  },
  {
    what: 'option description',
    most: 75,
    path: '.accessory.options[0].description',
    make: (n) =>
      accessory({ type: 'static_select', options: [option('a', { description: plain(letters(n)) })] }),
  },
  {
    what: 'radio option text',
    most: 75,
    path: '.accessory.options[0].text',
    make: (n) => accessory({ type: 'radio_buttons', options: [option('a', { text: plain(letters(n)) })] }),
  },
  {
    what: 'overflow option url',
    most: 3000,
    path: '.accessory.options[0].url',
    make: (n) => accessory({ type: 'overflow', options: [option('a', { url: url(n) })] }),
  },
  {
    what: 'option group label',
    most: 75,
    path: '.accessory.option_groups[0].label',
    make: (n) =>
      accessory({
        type: 'static_select',
        option_groups: [{ label: plain(letters(n)), options: options(1) }],
      }),
  },
  {
    what: 'input label',
    most: 2000,
    path: '.label',
    make: (n) => input(ELEMENTS['plain_text_input'], { label: plain(letters(n)) }),
  },
  {
    what: 'input hint',
    most: 2000,
    path: '.hint',
    make: (n) => input(ELEMENTS['plain_text_input'], { hint: plain(letters(n)) }),
  },
  {
    what: 'input initial_value',
    most: 3000,
    path: '.element.initial_value',
    make: (n) => input({ type: 'plain_text_input', initial_value: letters(n) }),
  },
  { what: 'image alt_text', most: 2000, path: '.alt_text', make: (n) => image({ alt_text: letters(n) }) },
  { what: 'image image_url', most: 3000, path: '.image_url', make: (n) => image({ image_url: url(n) }) },
  { what: 'image title', most: 2000, path: '.title', make: (n) => image({ title: plain(letters(n)) }) },
  {
    what: 'image element alt_text',
    most: 2000,
    path: '.accessory.alt_text',
    make: (n) => accessory(image({ alt_text: letters(n) })),
  },
  {
    what: 'alert',
    most: 200,
    path: '.text',
    make: (n) => ({ type: 'alert', text: plain(letters(n)) }),
    on: 'modal',
  },
  { what: 'card title', most: 150, path: '.title', make: (n) => card({ title: plain(letters(n)) }) },
  { what: 'card subtitle', most: 150, path: '.subtitle', make: (n) => card({ subtitle: plain(letters(n)) }) },
  { what: 'card body', most: 200, path: '.body', make: (n) => card({ body: plain(letters(n)) }) },
  { what: 'card subtext', most: 200, path: '.subtext', make: (n) => card({ subtext: plain(letters(n)) }) },
  {
    what: 'container title',
    most: 150,
    path: '.title',
    make: (n) => container({ title: plain(letters(n)) }),
  },
  {
    what: 'container subtitle',
    most: 150,
    path: '.subtitle',
    make: (n) => container({ subtitle: plain(letters(n)) }),
  },
  {
    what: 'feedback text',
    most: 75,
    path: '.elements[0].negative_button.text',
    make: (n) => feedback({ text: plain(letters(n)) }),
  },
  {
    what: 'feedback value',
    most: 2000,
    path: '.elements[0].negative_button.value',
    make: (n) => feedback({ value: letters(n) }),
  },
  {
    what: 'feedback accessibility_label',
    most: 75,
    path: '.elements[0].negative_button.accessibility_label',
    make: (n) => feedback({ accessibility_label: letters(n) }),
  },
  {
    what: 'icon button text',
    most: 75,
    path: '.elements[0].text',
    make: (n) => icon({ text: plain(letters(n)) }),
  },
  {
    what: 'icon button value',
    most: 2000,
    path: '.elements[0].value',
    make: (n) => icon({ value: letters(n) }),
  },
  { what: 'markdown', most: 12_000, path: '.text', make: (n) => ({ type: 'markdown', text: letters(n) }) },
  {
    what: 'video alt_text',
    most: 200,
    path: '.alt_text',
    make: (n) => ({ ...first('video'), alt_text: letters(n) }),
  },
  {
    what: 'video title',
    most: 200,
    path: '.title',
    make: (n) => ({ ...first('video'), title: plain(letters(n)) }),
  },
  {
    what: 'video description',
    most: 200,
    path: '.description',
    make: (n) => ({ ...first('video'), description: plain(letters(n)) }),
  },
  {
    what: 'video author_name',
    most: 50,
    path: '.author_name',
    make: (n) => ({ ...first('video'), author_name: letters(n) }),
  },
  {
    what: 'video provider_name',
    most: 50,
    path: '.provider_name',
    make: (n) => ({ ...first('video'), provider_name: letters(n) }),
  },
  {
    what: 'source url',
    most: 3000,
    path: '.sources[0].url',
    make: (n) => ({ ...first('task_card'), sources: [{ type: 'url', url: url(n), text: 'a' }] }),
  },
  {
    what: 'chart title',
    most: 50,
    path: '.title',
    make: (n) => ({ ...first('data_visualization'), title: letters(n) }),
  },
  {
    what: 'segment label',
    most: 20,
    path: '.chart.segments[0].label',
    make: (n) => pie([{ label: letters(n), value: 1 }]),
  },
  {
    what: 'series name',
    most: 20,
    path: '.chart.series[0].name',
    make: (n) => chart(plot(['a'], [letters(n)])),
  },
  {
    what: 'axis label',
    most: 50,
    path: '.chart.axis_config.x_label',
    make: (n) => chart(plot(['a'], ['s'], { axis_config: { categories: ['a'], x_label: letters(n) } })),
  },
];

const ITEMS: readonly Limit[] = [
  {
    what: 'section fields',
    most: 10,
    path: '.fields',
    make: (n) => section({ fields: many(n, () => plain()) }),
  },
  {
    what: 'actions',
    most: 25,
    path: '.elements',
    make: (n) => actions(...many(n, (i) => button({ action_id: `a${i}` }))),
  },
  {
    what: 'context elements',
    most: 10,
    path: '.elements',
    make: (n) => ({ type: 'context', elements: many(n, () => plain()) }),
  },
  {
    what: 'context actions',
    most: 5,
    path: '.elements',
    make: (n) => ({
      type: 'context_actions',
      elements: many(n, (i) => within('icon_button', { action_id: `a${i}` })),
    }),
  },
  {
    what: 'select options',
    most: 100,
    path: '.accessory.options',
    make: (n) => accessory({ type: 'static_select', options: options(n) }),
  },
  {
    what: 'multi-select options',
    most: 100,
    path: '.accessory.options',
    make: (n) => accessory({ type: 'multi_static_select', options: options(n) }),
  },
  {
    what: 'overflow options',
    most: 5,
    path: '.accessory.options',
    make: (n) => accessory({ type: 'overflow', options: options(n) }),
  },
  {
    what: 'checkboxes',
    most: 10,
    path: '.accessory.options',
    make: (n) => accessory({ type: 'checkboxes', options: options(n) }),
  },
  {
    what: 'radio buttons',
    most: 10,
    path: '.accessory.options',
    make: (n) => accessory({ type: 'radio_buttons', options: options(n) }),
  },
  {
    what: 'card actions',
    most: 3,
    path: '.actions',
    make: (n) => card({ actions: many(n, (i) => button({ action_id: `a${i}` })) }),
  },
  {
    what: 'carousel cards',
    most: 10,
    path: '.elements',
    make: (n) => ({ type: 'carousel', elements: many(n, () => card({})) }),
  },
  {
    what: 'container blocks',
    most: 10,
    path: '.child_blocks',
    make: (n) => container({ child_blocks: many(n, () => section()) }),
  },
  {
    what: 'icon button viewers',
    most: 10,
    path: '.elements[0].visible_to_user_ids',
    make: (n) => icon({ visible_to_user_ids: many(n, (i) => `U${i}`) }),
  },
  { what: 'table rows', most: 100, path: '.rows', make: (n) => table(many(n, () => [cell('x')])) },
  { what: 'table columns', most: 20, path: '.rows[0]', make: (n) => table([many(n, () => cell('x'))]) },
  {
    what: 'table column settings',
    most: 20,
    path: '.column_settings',
    make: (n) => table([[cell()]], { column_settings: many(n, () => null) }),
  },
  { what: 'data table rows', most: 201, path: '.rows', make: (n) => dataTable(many(n, () => [cell('x')])) },
  {
    what: 'pie segments',
    most: 12,
    path: '.chart.segments',
    make: (n) => pie(labels(n).map((label) => ({ label, value: 1 }))),
  },
  { what: 'chart series', most: 6, path: '.chart.series', make: (n) => chart(plot(['a'], labels(n))) },
];

const NUMBERS: readonly Limit[] = [
  {
    what: 'max_files',
    most: 10,
    path: '.element.max_files',
    make: (n) => input(within('file_input', { max_files: n })),
    on: 'modal',
  },
  {
    what: 'min_length',
    most: 3000,
    path: '.element.min_length',
    make: (n) => input({ type: 'plain_text_input', min_length: n }),
  },
  {
    what: 'max_length',
    most: 3000,
    path: '.element.max_length',
    make: (n) => input({ type: 'plain_text_input', max_length: n }),
  },
  {
    what: 'max_lines',
    most: 100,
    path: '.element.max_lines',
    make: (n) => input({ type: 'rich_text_input', action_id: 'a', max_lines: n }),
    on: 'modal',
  },
  {
    what: 'page_size',
    most: 100,
    path: '.page_size',
    make: (n) => dataTable([[cell()], [cell()]], { page_size: n }),
  },
  {
    what: 'header level',
    most: 4,
    path: '.level',
    make: (n) => ({ type: 'header', text: plain(), level: n }),
  },
  {
    what: 'list indent',
    most: 8,
    path: '.elements[0].indent',
    make: (n) => richText({ type: 'rich_text_list', style: 'bullet', elements: [paragraph()], indent: n }),
  },
];

const units = [
  ['characters', CHARACTERS],
  ['items', ITEMS],
  ['', NUMBERS],
] as const;

describe.each(units)('at most so many %s', (unit, limits) => {
  test.each([...limits])('$what: $most', ({ most, path, make, on = 'message' }) => {
    expect(problemsOn(on, make(most))).toEqual([]);
    const over = `blocks[0]${path}: ${`${most + 1} ${unit}`.trim()}, at most ${most}`;
    // A number over a limit can break a second rule that compares two numbers.
    expect(problemsOn(on, make(most + 1))[0]).toBe(over);
    if (unit !== '') expect(problemsOn(on, make(most + 1))).toEqual([over]);
  });
});

const EMPTY: readonly [string, string, Json][] = [
  ['overflow', 'accessory.options: 0 items', accessory({ type: 'overflow', options: [] })],
  ['section text', 'text: 0 characters', section({ text: plain('') })],
  ['section fields', 'fields: 0 items', section({ fields: [] })],
  ['button text', 'accessory.text: 0 characters', accessory(button({ text: plain('') }))],
  ['action_id', 'accessory.action_id: 0 characters', accessory(button({ action_id: '' }))],
  ['block_id', 'block_id: 0 characters', section({ block_id: '' })],
  ['actions', 'elements: 0 items', actions()],
  ['context', 'elements: 0 items', { type: 'context', elements: [] }],
  ['context actions', 'elements: 0 items', { type: 'context_actions', elements: [] }],
  ['options', 'accessory.options: 0 items', accessory({ type: 'static_select', options: [] })],
  [
    'option value',
    'accessory.options[0].value: 0 characters',
    accessory({ type: 'overflow', options: [option('')] }),
  ],
  [
    'option groups',
    'accessory.option_groups: 0 items',
    accessory({ type: 'static_select', option_groups: [] }),
  ],
  ['checkboxes', 'accessory.options: 0 items', accessory({ type: 'checkboxes', options: [] })],
  [
    'initial options',
    'accessory.initial_options: 0 items',
    accessory({ type: 'checkboxes', options: options(1), initial_options: [] }),
  ],
  ['image alt_text', 'alt_text: 0 characters', image({ alt_text: '' })],
  ['carousel', 'elements: 0 items', { type: 'carousel', elements: [] }],
  ['container', 'child_blocks: 0 items', container({ child_blocks: [] })],
  ['markdown', 'text: 0 characters', { type: 'markdown', text: '' }],
  [
    'rich text',
    'elements[0].elements[0].text: 0 characters',
    richText(paragraph({ type: 'text', text: '' })),
  ],
  [
    'rich text list',
    'elements[0].elements: 0 items',
    richText({ type: 'rich_text_list', style: 'bullet', elements: [] }),
  ],
  ['table', 'rows: 0 items', table([])],
  ['table row', 'rows[0]: 0 items', table([[]])],
  ['table cell', 'rows[0][0].text: 0 characters', table([[cell('')]])],
  ['pie', 'chart.segments: 0 items', pie([])],
  ['chart', 'chart.series: 0 items', chart(plot(['a'], []))],
];

test.each(EMPTY)('an empty %s is refused', (_, what, block) => {
  expect(problemsOn('message', block)).toEqual([`blocks[0].${what}, at least 1`]);
});

const TOO_SMALL: readonly [string, string, Json, Surface][] = [
  ['max_files', 'element.max_files: 0, at least 1', input(within('file_input', { max_files: 0 })), 'modal'],
  [
    'min_length',
    'element.min_length: -1, at least 0',
    input({ type: 'plain_text_input', min_length: -1 }),
    'modal',
  ],
  [
    'max_length',
    'element.max_length: 0, at least 1',
    input({ type: 'plain_text_input', max_length: 0 }),
    'modal',
  ],
  [
    'max_selected_items',
    'element.max_selected_items: 0, at least 1',
    input({ type: 'multi_users_select', max_selected_items: 0 }),
    'modal',
  ],
  ['page_size', 'page_size: 0, at least 1', dataTable([[cell()], [cell()]], { page_size: 0 }), 'home'],
  ['data table rows', 'rows: 1 items, at least 2', dataTable([[cell()]]), 'home'],
  ['segment', 'chart.segments[0].value: 0, more than 0', pie([{ label: 'a', value: 0 }]), 'message'],
  ['header level', 'level: 0, at least 1', { type: 'header', text: plain(), level: 0 }, 'home'],
];

test.each(TOO_SMALL)('too small a %s is refused', (_, what, block, surface) => {
  expect(problemsOn(surface, block)).toEqual([`blocks[0].${what}`]);
});

describe('a view', () => {
  const PROPERTIES: readonly [string, number, (size: number) => Json][] = [
    ['title', 24, (n) => modal([section()], { title: plain(letters(n)) })],
    ['submit', 24, (n) => modal([section()], { submit: plain(letters(n)) })],
    ['close', 24, (n) => modal([section()], { close: plain(letters(n)) })],
    ['private_metadata', 3000, (n) => modal([section()], { private_metadata: letters(n) })],
    ['callback_id', 255, (n) => modal([section()], { callback_id: letters(n) })],
    ['external_id', 255, (n) => modal([section()], { external_id: letters(n) })],
    ['private_metadata', 3000, (n) => home([section()], { private_metadata: letters(n) })],
    ['callback_id', 255, (n) => home([section()], { callback_id: letters(n) })],
  ];
  test.each(PROPERTIES)('has a %s of at most %i characters', (property, most, make) => {
    expect(validateView(make(most))).toEqual([]);
    expect(validateView(make(most + 1))).toEqual([`${property}: ${most + 1} characters, at most ${most}`]);
  });
});

describe('tables', () => {
  test('100 rows of 20 columns fit', () => {
    expect(problemsOn('message', table(many(100, () => many(20, () => cell('x')))))).toEqual([]);
  });

  test.each([
    ['table', 10_000, (text: string) => table([[cell(text)]])],
    ['data_table', 20_000, (text: string) => dataTable([[cell('x')], [cell(text)]])],
  ] as const)('a %s holds %i characters', (type, most, make) => {
    const around = type === 'table' ? 0 : 1;
    expect(problemsOn('home', make(letters(most - around)))).toEqual([]);
    expect(problemsOn('home', make(letters(most + 1 - around)))).toEqual([
      `blocks[0].rows: ${most + 1} characters in all cells, at most ${most}`,
    ]);
  });

  test('formatted cells count too', () => {
    const formatted = richText(paragraph({ type: 'text', text: letters(10_001) }));
    expect(problemsOn('home', table([[formatted]]))).toEqual([
      'blocks[0].rows: 10001 characters in all cells, at most 10000',
    ]);
  });

  test('a data table has at most 20 columns', () => {
    const rows = (columns: number) => many(2, () => many(columns, () => cell('x')));
    expect(problemsOn('home', dataTable(rows(20)))).toEqual([]);
    expect(problemsOn('home', dataTable(rows(21)))).toEqual([
      'blocks[0].rows[0]: 21 items, at most 20',
      'blocks[0].rows[1]: 21 items, at most 20',
    ]);
  });
});

describe('charts', () => {
  test('a chart has 20 categories with a point each', () => {
    expect(problemsOn('message', chart(plot(labels(20), ['s'])))).toEqual([]);
    expect(problemsOn('message', chart(plot(labels(21), ['s'])))).toEqual([
      'blocks[0].chart.series[0].data: 21 items, at most 20',
      'blocks[0].chart.axis_config.categories: 21 items, at most 20',
    ]);
  });

  test('a category is 20 characters', () => {
    expect(problemsOn('message', chart(plot([letters(20)], ['s'])))).toEqual([]);
    expect(problemsOn('message', chart(plot([letters(21)], ['s'])))).toEqual([
      'blocks[0].chart.series[0].data[0].label: 21 characters, at most 20',
      'blocks[0].chart.axis_config.categories[0]: 21 characters, at most 20',
    ]);
  });
});

describe('option groups', () => {
  const groups = (count: number, each: number): Json =>
    accessory({
      type: 'static_select',
      option_groups: many(count, (group) => ({
        label: plain(),
        options: many(each, (index) => option(`${group}/${index}`)),
      })),
    });
  test('100 options in all fit, however grouped', () => {
    expect(problemsOn('message', groups(100, 1))).toEqual([]);
    expect(problemsOn('modal', groups(1, 100))).toEqual([]);
    expect(problemsOn('modal', groups(2, 50))).toEqual([]);
  });
  test('a 101st does not', () => {
    expect(problemsOn('message', groups(101, 1))).toEqual([
      'blocks[0].accessory.option_groups: 101 items, at most 100',
    ]);
    expect(problemsOn('modal', groups(1, 101))).toEqual([
      'blocks[0].accessory.option_groups[0].options: 101 items, at most 100',
    ]);
    expect(problemsOn('modal', groups(2, 51))).toEqual([
      'blocks[0].accessory.option_groups: 102 options in all groups, at most 100',
    ]);
  });
});
