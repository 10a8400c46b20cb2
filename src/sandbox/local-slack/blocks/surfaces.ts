import type { BlockType } from './payloads.ts';

export type Surface = 'message' | 'modal' | 'home';

const everywhere: readonly Surface[] = ['message', 'modal', 'home'];

// "Surfaces" of each page under https://docs.slack.dev/reference/block-kit/blocks
const blocks: Readonly<Record<BlockType, readonly Surface[]>> = {
  actions: everywhere,
  alert: ['modal'],
  card: everywhere,
  carousel: ['message', 'home'],
  container: ['message', 'home'],
  context: everywhere,
  context_actions: ['message'],
  data_table: ['message', 'home'],
  // Slack's newest guidance adds Home; its reference page and the design keep charts to messages.
  data_visualization: ['message'],
  divider: everywhere,
  // Slack shows it in messages that it sends back, an app cannot add it.
  file: [],
  header: everywhere,
  image: everywhere,
  input: everywhere,
  markdown: ['message'],
  plan: ['message'],
  rich_text: everywhere,
  section: everywhere,
  table: ['message', 'home'],
  task_card: ['message'],
  video: everywhere,
};

// "Surfaces" of each page under https://docs.slack.dev/reference/block-kit/block-elements, where not all
const elements: Readonly<Record<string, readonly Surface[]>> = {
  datetimepicker: ['message', 'modal'],
  email_text_input: ['modal'],
  file_input: ['modal'],
  number_input: ['modal'],
  rich_text_input: ['modal', 'home'],
  url_text_input: ['modal'],
  workflow_button: ['message'],
};

/** Maps, because a type comes from outside: `constructor` must not find anything. */
export const BLOCK_SURFACES: ReadonlyMap<string, readonly Surface[]> = new Map(Object.entries(blocks));
export const ELEMENT_SURFACES: ReadonlyMap<string, readonly Surface[]> = new Map(Object.entries(elements));

export const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

export const MOST_OF_A_TYPE: Readonly<Record<Surface, Readonly<Partial<Record<BlockType, number>>>>> = {
  message: { table: 1, data_visualization: 2 },
  modal: {},
  home: {},
};
