import { ELEMENTS } from '#test/local-slack/blocks/elements.ts';
import {
  actions,
  button,
  cell,
  chart,
  dataTable,
  image,
  input,
  type Json,
  md,
  paragraph,
  plain,
  plot,
  richText,
  section,
  table,
} from '#test/local-slack/blocks/samples.ts';

const formatted = richText(
  paragraph(
    { type: 'text', text: 'Hello ', style: { bold: true, code: true } },
    { type: 'link', url: 'https://example.com', text: 'there', style: { strike: true } },
    { type: 'user', user_id: 'U1', style: { highlight: true } },
    { type: 'usergroup', usergroup_id: 'S1' },
    { type: 'team', team_id: 'T1' },
    { type: 'channel', channel_id: 'C1' },
    { type: 'emoji', name: 'wave::skin-tone-2', unicode: '1f44b-1f3fc' },
    { type: 'broadcast', range: 'here' },
    { type: 'color', value: '#F405B3' },
    { type: 'date', timestamp: 1_720_710_212, format: '{date_num} at {time}', fallback: 'then' },
  ),
  { type: 'rich_text_list', style: 'ordered', indent: 1, offset: 2, border: 1, elements: [paragraph()] },
  { type: 'rich_text_quote', elements: [{ type: 'text', text: 'quoted' }], border: 0 },
  { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x = 1' }], language: 'python' },
);

const card: Json = {
  type: 'card',
  icon: image(),
  hero_image: image(),
  title: md(),
  subtitle: plain(),
  body: md(),
  subtext: md(),
  actions: [button()],
};

/** Good examples of every block that an app can send, by the block's type. */
export const BLOCKS: Readonly<Record<string, readonly Json[]>> = {
  actions: [actions(ELEMENTS['overflow'], button({ style: 'danger' }))],
  alert: [{ type: 'alert', text: md(), level: 'warning' }],
  card: [card, { type: 'card', slack_icon: { type: 'icon', name: 'sparkle' }, title: plain() }],
  carousel: [{ type: 'carousel', elements: [card] }],
  container: [
    {
      type: 'container',
      title: plain(),
      subtitle: md(),
      icon: image(),
      width: 'wide',
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: [section(), { type: 'divider' }, actions(button()), table([[cell()]])],
    },
    {
      type: 'container',
      rich_text_title: richText(paragraph()),
      has_header_divider: true,
      child_blocks: [section()],
    },
  ],
  context: [{ type: 'context', elements: [image(), md(), plain()] }],
  context_actions: [{ type: 'context_actions', elements: [ELEMENTS['feedback_buttons']] }],
  data_table: [
    dataTable(
      [
        [cell('Name'), cell('Calls'), cell('Do')],
        [
          richText(paragraph({ type: 'user', user_id: 'U1' })),
          { type: 'raw_number', value: 4.5, text: '4.5' },
          { type: 'action_cell', element: button(), fallback: cell() },
        ],
      ],
      { page_size: 10, row_header_column_index: 2 },
    ),
  ],
  data_visualization: [
    chart(plot(['Mon', 'Tue'], ['Calls', 'Reviews'])),
    chart(plot(['Mon'], ['Calls'], { type: 'bar' })),
    chart(plot(['Mon'], ['Calls'], { type: 'area' })),
    chart({ type: 'pie', segments: [{ label: 'Calls', value: 0.1 }] }),
  ],
  divider: [{ type: 'divider', block_id: 'b' }],
  header: [{ type: 'header', text: plain(), level: 2 }],
  image: [
    { ...image(), title: plain() },
    { type: 'image', slack_file: { id: 'F1' }, alt_text: 'A' },
    { type: 'image', slack_file: { url: 'https://files.slack.com/a.png' }, alt_text: 'A' },
  ],
  input: [input(ELEMENTS['plain_text_input'], { hint: plain(), optional: true, dispatch_action: true })],
  markdown: [{ type: 'markdown', text: '**Hello**' }],
  plan: [
    {
      type: 'plan',
      title: 'Plan',
      tasks: [
        { task_id: '1', title: 'One', status: 'complete', output: formatted },
        { type: 'task_card', task_id: '2', title: 'Two' },
      ],
    },
  ],
  rich_text: [formatted, richText()],
  section: [section({ expand: true }), { type: 'section', fields: [md(), plain()], accessory: image() }],
  table: [
    table([[cell(), { type: 'raw_number', value: 1, text: '1' }], [richText(paragraph())]], {
      column_settings: [{ align: 'right', is_wrapped: true }, null],
    }),
  ],
  task_card: [
    {
      type: 'task_card',
      task_id: '1',
      title: 'One',
      status: 'in_progress',
      details: formatted,
      sources: [{ type: 'url', url: 'https://example.com', text: 'Example' }],
    },
  ],
  video: [
    {
      type: 'video',
      title: plain(),
      title_url: 'https://example.com/v',
      video_url: 'https://example.com/embed/v',
      thumbnail_url: 'https://example.com/v.png',
      alt_text: 'Video',
      author_name: 'A',
      provider_name: 'P',
      provider_icon_url: 'https://example.com/p.png',
      description: plain(),
    },
  ],
};
