import { describe, expect, test } from 'vitest';
import { ELEMENTS } from '#test/local-slack/blocks/elements.ts';
import { hold, type Limit, within } from '#test/local-slack/blocks/hold.ts';
import {
  cell,
  dataTable,
  input,
  type Json,
  paragraph,
  pie,
  plain,
  problemsOn,
  richText,
  type Surface,
} from '#test/local-slack/blocks/samples.ts';

const NUMBERS: readonly Limit[] = [
  {
    what: 'min_lines',
    most: 100,
    path: '.element.min_lines',
    make: (n) => input({ type: 'rich_text_input', action_id: 'a', min_lines: n }),
    on: 'modal',
  },
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

test.each([...NUMBERS])('$what is at most $most', ({ most, path, make, on = 'message' }) => {
  expect(problemsOn(on, make(most))).toEqual([]);
  // Over its limit, a number can break a second rule too, which compares it with another.
  expect(problemsOn(on, make(most + 1))[0]).toBe(`blocks[0]${path}: ${most + 1}, at most ${most}`);
});

const TOO_SMALL: readonly [string, string, Json, Surface][] = [
  [
    'filetypes',
    'element.filetypes: 0 items, at least 1',
    input(within('file_input', { filetypes: [] })),
    'modal',
  ],
  [
    'min_lines',
    'element.min_lines: 0, at least 1',
    input(within('rich_text_input', { min_lines: 0 })),
    'modal',
  ],
  [
    'list indent',
    'elements[0].indent: -1, at least 0',
    richText({ type: 'rich_text_list', style: 'bullet', elements: [paragraph()], indent: -1 }),
    'home',
  ],
  [
    'list offset',
    'elements[0].offset: -1, at least 0',
    richText({ type: 'rich_text_list', style: 'bullet', elements: [paragraph()], offset: -1 }),
    'home',
  ],
  [
    'row header',
    'row_header_column_index: -1, at least 0',
    dataTable([[cell()], [cell()]], { row_header_column_index: -1 }),
    'home',
  ],
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
  ['segment', 'chart.segments[0].value: 0, more than 0', pie({ label: 'a', value: 0 }), 'message'],
  ['header level', 'level: 0, at least 1', { type: 'header', text: plain(), level: 0 }, 'home'],
];

test.each(TOO_SMALL)('too small a %s is refused', (_, what, block, surface) => {
  expect(problemsOn(surface, block)).toEqual([`blocks[0].${what}`]);
});

const typed = (type: string, more: Json): Json => input({ type, ...more });

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
