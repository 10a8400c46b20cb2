import { describe, expect, test } from 'vitest';
import { hold } from '#test/local-slack/blocks/hold.ts';
import {
  accessory,
  actions,
  button,
  cell,
  confirm,
  container,
  dataTable,
  image,
  input,
  type Json,
  md,
  plain,
  problemsOn,
  section,
} from '#test/local-slack/blocks/samples.ts';

const typed = (type: string, more: Json): Json => input({ type, ...more });

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
