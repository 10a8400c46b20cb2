import { describe, expect, test } from 'vitest';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import { BLOCKS } from '#test/local-slack/blocks/blocks.ts';
import { ELEMENTS } from '#test/local-slack/blocks/elements.ts';
import { holdLimits, type Limit, within } from '#test/local-slack/blocks/hold.ts';
import {
  accessory,
  button,
  card,
  chart,
  confirm,
  container,
  home,
  image,
  input,
  type Json,
  letters,
  modal,
  option,
  options,
  pie,
  plain,
  plot,
  richText,
  section,
} from '#test/local-slack/blocks/samples.ts';

const url = (length: number) => `https://example.com/${letters(length - 20)}`;
const first = (type: string): Json => BLOCKS[type]?.[0] ?? {};
const feedback = (more: Json): Json => ({
  type: 'context_actions',
  elements: [{ ...ELEMENTS['feedback_buttons'], negative_button: { text: plain(), value: 'no', ...more } }],
});
const icon = (more: Json): Json => ({
  type: 'context_actions',
  elements: [within('icon_button', more)],
});

const CHARACTERS: readonly Limit[] = [
  {
    what: 'radio option description',
    most: 75,
    path: '.accessory.options[0].description',
    make: (n) =>
      accessory({ type: 'radio_buttons', options: [option('a', { description: plain(letters(n)) })] }),
  },
  {
    what: 'initial user',
    most: 255,
    path: '.accessory.initial_user',
    make: (n) => accessory({ type: 'users_select', initial_user: letters(n) }),
  },
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
    make: (n) => pie({ label: letters(n), value: 1 }),
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

describe('at most so many characters', () => {
  holdLimits('characters', CHARACTERS);
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
