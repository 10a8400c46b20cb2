import { z } from 'zod';
import { button, feedbackButtons, iconButton, overflow, workflowButton } from './buttons.ts';
import { identified, image, oneSource, pictured } from './composition.ts';
import { checkboxes, radioButtons, writtenInputs } from './inputs.ts';
import { datePicker, dateTimePicker, timePicker } from './pickers.ts';
import { multiSelects, selects } from './selects.ts';
import { anyText, chars, mrkdwn, plainText, words } from './text.ts';

const chosen = [...selects, ...multiSelects, checkboxes, radioButtons, datePicker, timePicker] as const;

export const section = z
  .strictObject({
    type: z.literal('section'),
    ...identified,
    text: anyText().optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: z.discriminatedUnion('type', [...chosen, button, workflowButton, overflow, image]).optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'needs text or fields');

// Slack's page on the actions block lists rich_text_input, the element's own page wants it inside an
// input block: the stricter page holds.
export const actions = z.strictObject({
  type: z.literal('actions'),
  ...identified,
  elements: z
    .array(z.discriminatedUnion('type', [...chosen, button, workflowButton, overflow, dateTimePicker]))
    .min(1)
    .max(25),
});

export const input = z
  .strictObject({
    type: z.literal('input'),
    ...identified,
    label: plainText(2000),
    element: z.discriminatedUnion('type', [...chosen, dateTimePicker, ...writtenInputs]),
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  })
  .refine(({ element, dispatch_action }) => !(dispatch_action && element.type === 'file_input'), {
    path: ['dispatch_action'],
    message: 'must not be true with a file_input',
  });

export const context = z.strictObject({
  type: z.literal('context'),
  ...identified,
  elements: z
    .array(z.discriminatedUnion('type', [plainText(), mrkdwn(), image]))
    .min(1)
    .max(10),
});

export const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...identified,
  elements: z
    .array(z.discriminatedUnion('type', [feedbackButtons, iconButton]))
    .min(1)
    .max(5),
});

export const divider = z.strictObject({ type: z.literal('divider'), ...identified });

export const header = z.strictObject({
  type: z.literal('header'),
  ...identified,
  text: plainText(150),
  level: z.int().min(1).max(4).optional(),
});

export const imageBlock = z
  .strictObject({
    type: z.literal('image'),
    ...identified,
    ...pictured,
    title: plainText(2000).optional(),
  })
  .superRefine(oneSource);

export const markdown = z.strictObject({
  type: z.literal('markdown'),
  ...identified,
  text: chars(12_000),
});

export const file = z.strictObject({
  type: z.literal('file'),
  ...identified,
  external_id: words,
  source: z.literal('remote'),
});
