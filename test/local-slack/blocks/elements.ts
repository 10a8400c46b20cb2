import {
  button,
  confirm,
  image,
  type Json,
  option,
  paragraph,
  plain,
  richText,
} from '#test/local-slack/blocks/samples.ts';

const common = { action_id: 'act', focus_on_load: true };
const menu = { ...common, placeholder: plain(), confirm: confirm() };
const written = {
  ...common,
  placeholder: plain(),
  dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
};
const conversations = { default_to_current_conversation: true, filter: { include: ['im', 'private'] } };
const options = [option('a', { description: plain() }), option('b')];
const option_groups = [{ label: plain(), options }];

/** One full example of every interactive element, by its type. */
export const ELEMENTS: Readonly<Record<string, Json>> = {
  button: button({
    value: 'v',
    url: 'https://example.com',
    style: 'primary',
    accessibility_label: 'l',
    confirm: confirm(),
  }),
  checkboxes: { type: 'checkboxes', ...common, options, initial_options: [option('b')], confirm: confirm() },
  radio_buttons: { type: 'radio_buttons', ...common, options, initial_option: option('b') },
  datepicker: { type: 'datepicker', ...menu, initial_date: '2028-02-29' },
  timepicker: { type: 'timepicker', ...menu, initial_time: '23:59', timezone: 'America/Chicago' },
  datetimepicker: { type: 'datetimepicker', ...common, initial_date_time: 1_628_633_820 },
  overflow: { type: 'overflow', action_id: 'act', options: [option('a', { url: 'https://example.com' })] },
  static_select: { type: 'static_select', ...menu, options, initial_option: option('b') },
  external_select: { type: 'external_select', ...menu, min_query_length: 0, initial_option: option('z') },
  users_select: { type: 'users_select', ...menu, initial_user: 'U1' },
  conversations_select: {
    type: 'conversations_select',
    ...menu,
    ...conversations,
    initial_conversation: 'C1',
  },
  channels_select: { type: 'channels_select', ...menu, initial_channel: 'C1' },
  multi_static_select: {
    type: 'multi_static_select',
    ...menu,
    option_groups,
    initial_options: options,
    max_selected_items: 2,
  },
  multi_external_select: {
    type: 'multi_external_select',
    ...menu,
    min_query_length: 3,
    initial_options: options,
  },
  multi_users_select: { type: 'multi_users_select', ...menu, initial_users: ['U1'], max_selected_items: 1 },
  multi_conversations_select: {
    type: 'multi_conversations_select',
    ...menu,
    ...conversations,
    initial_conversations: ['C1'],
  },
  multi_channels_select: { type: 'multi_channels_select', ...menu, initial_channels: ['C1'] },
  plain_text_input: {
    type: 'plain_text_input',
    ...written,
    initial_value: '',
    multiline: true,
    min_length: 0,
    max_length: 9,
  },
  email_text_input: { type: 'email_text_input', ...written, initial_value: 'a@example.com' },
  url_text_input: { type: 'url_text_input', ...written, initial_value: 'https://example.com' },
  number_input: {
    type: 'number_input',
    ...written,
    is_decimal_allowed: true,
    initial_value: '0.5',
    min_value: '-1',
    max_value: '1',
  },
  rich_text_input: {
    type: 'rich_text_input',
    ...written,
    initial_value: richText(paragraph()),
    min_lines: 2,
    max_lines: 8,
  },
  file_input: { type: 'file_input', action_id: 'act', filetypes: ['png'], max_files: 3 },
  workflow_button: {
    type: 'workflow_button',
    action_id: 'act',
    text: plain(),
    workflow: {
      trigger: {
        url: 'https://slack.com/shortcuts/Ft1',
        customizable_input_parameters: [{ name: 'a', value: 'b' }],
      },
    },
  },
  image: image(),
  feedback_buttons: {
    type: 'feedback_buttons',
    action_id: 'act',
    positive_button: { text: plain('👍'), value: 'yes', accessibility_label: 'Good' },
    negative_button: { text: plain('👎'), value: 'no' },
  },
  icon_button: {
    type: 'icon_button',
    action_id: 'act',
    icon: 'trash',
    text: plain(),
    value: 'v',
    visible_to_user_ids: ['U1'],
  },
};
