import { z } from 'zod';
import { actionable, confirmable } from './composition.ts';
import { coherentOptions, overflowOption } from './options.ts';
import { chars, id, link, plainText, webUrl, whole, words } from './text.ts';

const style = { style: z.enum(['primary', 'danger']).optional() };
const labelled = { accessibility_label: chars(75).optional() };
const caption = plainText(75);
const value = chars(2000);

export const button = z.strictObject({
  type: z.literal('button'),
  ...actionable,
  ...confirmable,
  ...style,
  ...labelled,
  text: caption,
  url: link.optional(),
  value: value.optional(),
});

export const workflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  ...style,
  ...labelled,
  action_id: id,
  text: caption,
  workflow: z.strictObject({
    trigger: z.strictObject({
      url: webUrl,
      customizable_input_parameters: z.array(z.strictObject({ name: words, value: whole })).optional(),
    }),
  }),
});

export const overflow = z
  .strictObject({
    type: z.literal('overflow'),
    ...actionable,
    ...confirmable,
    options: z.array(overflowOption).min(1).max(5),
  })
  .superRefine(coherentOptions);

const feedback = z.strictObject({ text: caption, value, ...labelled });

export const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  ...actionable,
  positive_button: feedback,
  negative_button: feedback,
});

export const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  ...actionable,
  ...confirmable,
  ...labelled,
  icon: z.literal('trash'),
  text: caption,
  value: value.optional(),
  visible_to_user_ids: z.array(id).max(10).optional(),
});
