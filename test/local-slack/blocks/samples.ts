import { validateMessage, validateView } from '#sandbox/local-slack/blocks/validate.ts';

export type Json = Record<string, unknown>;
export type Surface = 'message' | 'modal' | 'home';

export const letters = (count: number) => 'x'.repeat(count);
export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const plain = (text = 'Text'): Json => ({ type: 'plain_text', text, emoji: true });
export const md = (text = '*Text*'): Json => ({ type: 'mrkdwn', text, verbatim: false });
export const option = (value: string, more: Json = {}): Json => ({ text: plain(), value, ...more });
export const confirm = (more: Json = {}): Json => ({
  title: plain(),
  text: md(),
  confirm: plain(),
  deny: plain(),
  style: 'danger',
  ...more,
});
export const image = (more: Json = {}): Json => ({
  type: 'image',
  image_url: 'https://example.com/a.png',
  alt_text: 'A',
  ...more,
});
export const button = (more: Json = {}): Json => ({
  type: 'button',
  text: plain(),
  action_id: 'press',
  ...more,
});

export const section = (more: Json = {}): Json => ({ type: 'section', text: md(), ...more });
export const accessory = (element: unknown): Json => section({ accessory: element });
export const actions = (...elements: unknown[]): Json => ({ type: 'actions', elements });
export const input = (element: unknown, more: Json = {}): Json => ({
  type: 'input',
  label: plain(),
  element,
  ...more,
});
export const richText = (...elements: unknown[]): Json => ({ type: 'rich_text', elements });
export const paragraph = (...elements: unknown[]): Json => ({ type: 'rich_text_section', elements });
export const cell = (text = 'Cell'): Json => ({ type: 'raw_text', text });
export const table = (rows: unknown[][], more: Json = {}): Json => ({ type: 'table', rows, ...more });
export const dataTable = (rows: unknown[][], more: Json = {}): Json => ({
  type: 'data_table',
  caption: 'Caption',
  rows,
  ...more,
});
export const chart = (payload: unknown, more: Json = {}): Json => ({
  type: 'data_visualization',
  title: 'Title',
  chart: payload,
  ...more,
});
export const plot = (categories: string[], names: string[], more: Json = {}): Json => ({
  type: 'line',
  series: names.map((name) => ({ name, data: categories.map((label) => ({ label, value: -1.5 })) })),
  axis_config: { categories, x_label: 'x', y_label: 'y' },
  ...more,
});

export const message = (...blocks: unknown[]) => ({ text: 'Text', blocks });
export const modal = (blocks: unknown[], more: Json = {}): Json => ({
  type: 'modal',
  title: plain(),
  submit: plain(),
  blocks,
  ...more,
});
export const home = (blocks: unknown[], more: Json = {}): Json => ({ type: 'home', blocks, ...more });

export function problemsOn(surface: Surface, ...blocks: unknown[]): string[] {
  if (surface === 'message') return validateMessage(message(...blocks));
  return validateView(surface === 'modal' ? modal(blocks) : home(blocks));
}

export const pie = (...segments: Json[]): Json => chart({ type: 'pie', segments });
export const options = (count: number): Json[] => many(count, (index) => option(`value ${index}`));
export const card = (more: Json = {}): Json => ({ type: 'card', title: plain(), ...more });
export const container = (more: Json = {}): Json => ({
  type: 'container',
  title: plain(),
  child_blocks: [section()],
  ...more,
});
