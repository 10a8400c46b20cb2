import { z } from 'zod';
import { actionable, confirmable, conversationFilter, focusable, placeable } from './composition.ts';
import { coherentOptions, initialOption, initialOptions, optionsOrGroups, staticOptions } from './options.ts';
import { id } from './text.ts';

const menu = { ...actionable, ...confirmable, ...focusable, ...placeable };
const several = { ...menu, max_selected_items: z.int().min(1).optional() };
const typeahead = { min_query_length: z.int().min(0).optional() };
const conversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
};
const respondable = { response_url_enabled: z.boolean().optional() };

const oneId = id.optional();
const someIds = z.array(id).min(1).optional();

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...menu,
    ...staticOptions,
    initial_option: initialOption,
  })
  .superRefine(optionsOrGroups)
  .superRefine(coherentOptions);

const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...several,
    ...staticOptions,
    initial_options: initialOptions,
  })
  .superRefine(optionsOrGroups)
  .superRefine(coherentOptions)
  .superRefine(withinMaximum);

export const selects = [
  staticSelect,
  z.strictObject({
    type: z.literal('external_select'),
    ...menu,
    ...typeahead,
    initial_option: initialOption,
  }),
  z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: oneId }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...menu,
    ...conversations,
    ...respondable,
    initial_conversation: oneId,
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...menu,
    ...respondable,
    initial_channel: oneId,
  }),
] as const;

export const multiSelects = [
  multiStaticSelect,
  z
    .strictObject({
      type: z.literal('multi_external_select'),
      ...several,
      ...typeahead,
      initial_options: initialOptions,
    })
    .superRefine(withinMaximum),
  z
    .strictObject({ type: z.literal('multi_users_select'), ...several, initial_users: someIds })
    .superRefine(withinMaximum),
  z
    .strictObject({
      type: z.literal('multi_conversations_select'),
      ...several,
      ...conversations,
      initial_conversations: someIds,
    })
    .superRefine(withinMaximum),
  z
    .strictObject({ type: z.literal('multi_channels_select'), ...several, initial_channels: someIds })
    .superRefine(withinMaximum),
] as const;

function withinMaximum(
  select: { max_selected_items?: number | undefined; [key: string]: unknown },
  context: z.RefinementCtx,
): void {
  const { max_selected_items: maximum } = select;
  if (maximum === undefined) return;
  for (const key of ['initial_options', 'initial_users', 'initial_conversations', 'initial_channels']) {
    const initial = select[key];
    if (Array.isArray(initial) && initial.length > maximum) {
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `${initial.length} items, but max_selected_items is ${maximum}`,
      });
    }
  }
}
