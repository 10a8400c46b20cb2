import { z } from 'zod';
import {
  actions,
  context,
  contextActions,
  divider,
  file,
  header,
  imageBlock,
  input,
  markdown,
  section,
} from './basic-blocks.ts';
import { alert, card, carousel, container, plan, taskCard, video } from './cards.ts';
import { richText } from './rich-text.ts';
import { dataTable, dataVisualization, table } from './tables-and-charts.ts';
import { id, plainText, whole } from './text.ts';

const block = z.discriminatedUnion('type', [
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  contextActions,
  dataTable,
  dataVisualization,
  divider,
  file,
  header,
  imageBlock,
  input,
  markdown,
  plan,
  richText,
  section,
  table,
  taskCard,
  video,
]);

export type BlockType = z.infer<typeof block>['type'];

/** Not strict: a payload also carries its channel, thread and metadata, which are not Block Kit. */
export const message = z.object({
  // Slack posts more, cut at 40,000, but chat.update refuses it, and every message may come to be updated.
  text: whole
    .max(4000)
    .refine(
      (text) => text.trim() !== '',
      'must not be blank: notifications and screen readers have nothing else',
    ),
  blocks: z.array(block).optional(),
});

const view = {
  blocks: z.array(block).min(1),
  private_metadata: whole.max(3000).optional(),
  callback_id: id.optional(),
  external_id: id.optional(),
};

const word = plainText(24);

const modal = z.strictObject({
  type: z.literal('modal'),
  ...view,
  title: word,
  submit: word.optional(),
  close: word.optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});

const home = z.strictObject({ type: z.literal('home'), ...view });

export const anyView = z.discriminatedUnion('type', [modal, home]);
