import { describe, expect, test } from 'vitest';
import { holdLimits, type Limit, within } from '#test/local-slack/blocks/hold.ts';
import {
  accessory,
  actions,
  button,
  card,
  cell,
  chart,
  container,
  dataTable,
  image,
  input,
  type Json,
  many,
  option,
  options,
  paragraph,
  pie,
  plain,
  plot,
  problemsOn,
  richText,
  section,
  table,
} from '#test/local-slack/blocks/samples.ts';

const icon = (more: Json): Json => ({
  type: 'context_actions',
  elements: [within('icon_button', more)],
});
const labels = (count: number) => many(count, (index) => `label ${index}`);

const ITEMS: readonly Limit[] = [
  {
    what: 'dispatch triggers',
    most: 2,
    path: '.element.dispatch_action_config.trigger_actions_on',
    make: (n) =>
      input({
        type: 'plain_text_input',
        dispatch_action_config: { trigger_actions_on: many(n, () => 'on_enter_pressed') },
      }),
  },
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
    make: (n) => pie(...labels(n).map((label) => ({ label, value: 1 }))),
  },
  { what: 'chart series', most: 6, path: '.chart.series', make: (n) => chart(plot(['a'], labels(n))) },
];

describe('at most so many items', () => {
  holdLimits('items', ITEMS);
});

const EMPTY: readonly [string, string, Json][] = [
  ['card actions', 'actions: 0 items', card({ actions: [] })],
  [
    'multi-select initial options',
    'accessory.initial_options: 0 items',
    accessory({ type: 'multi_static_select', options: options(1), initial_options: [] }),
  ],
  [
    'multi-select initial users',
    'accessory.initial_users: 0 items',
    accessory({ type: 'multi_users_select', initial_users: [] }),
  ],
  [
    'option group',
    'accessory.option_groups[0].options: 0 items',
    accessory({ type: 'static_select', option_groups: [{ label: plain(), options: [] }] }),
  ],
  [
    'conversation filter',
    'accessory.filter.include: 0 items',
    accessory({ type: 'conversations_select', filter: { include: [] } }),
  ],
  [
    'dispatch trigger',
    'element.dispatch_action_config.trigger_actions_on: 0 items',
    input({ type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: [] } }),
  ],
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
  ['pie', 'chart.segments: 0 items', pie()],
  ['chart', 'chart.series: 0 items', chart(plot(['a'], []))],
];

test.each(EMPTY)('an empty %s is refused', (_, what, block) => {
  expect(problemsOn('message', block)).toEqual([`blocks[0].${what}, at least 1`]);
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
