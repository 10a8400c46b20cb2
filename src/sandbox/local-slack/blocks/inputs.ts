import { z } from 'zod';
import { actionable, confirmable, dispatchable, focusable, placeable } from './composition.ts';
import { choiceOption, coherentOptions } from './options.ts';
import { richText } from './rich-text.ts';
import { id, whole, words } from './text.ts';

const typed = { ...actionable, ...dispatchable, ...focusable, ...placeable };
const LONGEST_INPUT = 3000;

const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: whole.max(LONGEST_INPUT).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(LONGEST_INPUT).optional(),
    max_length: z.int().min(1).max(LONGEST_INPUT).optional(),
  })
  .refine(({ min_length: least = 0, max_length: most = LONGEST_INPUT }) => least <= most, {
    path: ['min_length'],
    message: 'is more than max_length',
  })
  .refine(({ initial_value: initial, max_length: most }) => !initial || !most || initial.length <= most, {
    path: ['initial_value'],
    message: 'is longer than max_length',
  });

const emailInput = z.strictObject({
  type: z.literal('email_text_input'),
  ...typed,
  initial_value: whole.optional(),
});

const urlInput = z.strictObject({
  type: z.literal('url_text_input'),
  ...typed,
  initial_value: whole.optional(),
});

const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, { error: 'must be a number in a string' })
  .optional();

const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: decimal,
    min_value: decimal,
    max_value: decimal,
  })
  .superRefine((input, context) => {
    const least = Number(input.min_value ?? Number.NEGATIVE_INFINITY);
    const most = Number(input.max_value ?? Number.POSITIVE_INFINITY);
    if (least > most) {
      context.addIssue({ code: 'custom', path: ['min_value'], message: 'is more than max_value' });
    }
    if (input.initial_value === undefined) return;
    const initial = Number(input.initial_value);
    if (initial < least || initial > most) {
      context.addIssue({ code: 'custom', path: ['initial_value'], message: 'is out of range' });
    }
    if (!input.is_decimal_allowed && !Number.isInteger(initial)) {
      context.addIssue({ code: 'custom', path: ['initial_value'], message: 'must be a whole number' });
    }
  });

// Slack's reference makes this action_id required, its type package does not.
const richTextInput = z
  .strictObject({
    type: z.literal('rich_text_input'),
    ...typed,
    action_id: id,
    initial_value: richText.optional(),
    min_lines: z.int().min(1).max(100).optional(),
    max_lines: z.int().min(1).max(100).optional(),
  })
  .refine(({ min_lines: least = 1, max_lines: most = 100 }) => least <= most, {
    path: ['min_lines'],
    message: 'is more than max_lines',
  });

const fileInput = z.strictObject({
  type: z.literal('file_input'),
  ...actionable,
  filetypes: z.array(words).min(1).optional(),
  max_files: z.int().min(1).max(10).optional(),
});

export const writtenInputs = [
  plainTextInput,
  emailInput,
  urlInput,
  numberInput,
  richTextInput,
  fileInput,
] as const;

const choice = { ...actionable, ...confirmable, ...focusable };
const choices = z.array(choiceOption).min(1).max(10);

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...choice,
    options: choices,
    initial_options: z.array(choiceOption).min(1).optional(),
  })
  .superRefine(coherentOptions);

export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...choice,
    options: choices,
    initial_option: choiceOption.optional(),
  })
  .superRefine(coherentOptions);
