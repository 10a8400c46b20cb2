import type { InputBlock, KnownBlock, StaticSelect } from '@slack/web-api';
import type { OpenView } from './feature.ts';
import { plain } from './rich-text.ts';
import { storable } from './text.ts';

/** The inputs of modals. A field's id is its block's and its element's; errors are shown below its block. */

export type Choice = readonly [value: string, text: string, description?: string];

interface Field {
  id: string;
  label: string;
  hint?: string | undefined;
  optional?: boolean | undefined;
}

const optionOf = ([value, text, description]: Choice) => ({
  value,
  text: plain(text),
  ...(description === undefined ? {} : { description: plain(description) }),
});

function field(of: Field, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id: of.id,
    label: plain(of.label),
    ...(of.hint === undefined ? {} : { hint: plain(of.hint) }),
    optional: of.optional ?? false,
    element,
  };
}

/** One of a few, all in sight. */
export function radio(of: Field & { choices: readonly Choice[]; initial?: string | undefined }): InputBlock {
  const options = of.choices.map(optionOf);
  const chosen = options.find(({ value }) => value === of.initial);
  return field(of, {
    type: 'radio_buttons',
    action_id: of.id,
    options,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  });
}

interface Menu {
  id: string;
  choices: readonly Choice[];
  initial?: string | undefined;
  placeholder?: string;
}

/** One of more than a few. */
export const select = (of: Field & Menu): InputBlock => field(of, menu(of));

/** The same among others in a row, where it has no label: what it is about must stand in its choices. */
export function menu({ id, choices, initial, placeholder }: Menu): StaticSelect {
  const options = choices.map(optionOf);
  const chosen = options.find(({ value }) => value === initial);
  return {
    type: 'static_select',
    action_id: id,
    options,
    ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

/** Any of a few. */
export function ticks(
  of: Field & { choices: readonly Choice[]; initial?: readonly string[] | undefined },
): InputBlock {
  const options = of.choices.map(optionOf);
  const chosen = options.filter(({ value }) => of.initial?.includes(value) === true);
  return field(of, {
    type: 'checkboxes',
    action_id: of.id,
    options,
    ...(chosen.length === 0 ? {} : { initial_options: chosen }),
  });
}

export function textInput(
  of: Field & { most: number; multiline?: boolean; initial?: string | undefined; placeholder?: string },
): InputBlock {
  return field(of, {
    type: 'plain_text_input',
    action_id: of.id,
    multiline: of.multiline ?? false,
    max_length: of.most,
    ...(of.initial === undefined ? {} : { initial_value: of.initial }),
    ...(of.placeholder === undefined ? {} : { placeholder: plain(of.placeholder) }),
  });
}

export function datePicker(of: Field & { initial?: string | undefined }): InputBlock {
  return field(of, {
    type: 'datepicker',
    action_id: of.id,
    ...(of.initial === undefined ? {} : { initial_date: of.initial }),
  });
}

export function timePicker(of: Field & { initial?: string | undefined }): InputBlock {
  return field(of, {
    type: 'timepicker',
    action_id: of.id,
    ...(of.initial === undefined ? {} : { initial_time: of.initial }),
  });
}

export function personPicker(of: Field & { initial?: string | undefined; placeholder?: string }): InputBlock {
  return field(of, {
    type: 'users_select',
    action_id: of.id,
    ...(of.placeholder === undefined ? {} : { placeholder: plain(of.placeholder) }),
    ...(of.initial === undefined ? {} : { initial_user: of.initial }),
  });
}

export function peoplePicker(
  of: Field & { initial?: readonly string[] | undefined; placeholder?: string },
): InputBlock {
  return field(of, {
    type: 'multi_users_select',
    action_id: of.id,
    ...(of.placeholder === undefined ? {} : { placeholder: plain(of.placeholder) }),
    ...(of.initial === undefined || of.initial.length === 0 ? {} : { initial_users: [...of.initial] }),
  });
}

/** Channels of this workspace alone, public or private: what one chooses among is one's own. */
export function channelPicker(
  of: Field & { initial?: string | undefined; placeholder?: string },
): InputBlock {
  return field(of, {
    type: 'conversations_select',
    action_id: of.id,
    filter: { include: ['public', 'private'], exclude_external_shared_channels: true },
    ...(of.placeholder === undefined ? {} : { placeholder: plain(of.placeholder) }),
    ...(of.initial === undefined ? {} : { initial_conversation: of.initial }),
  });
}

/** One file, of these kinds by its name. */
export function fileInput(of: Field & { filetypes: readonly string[] }): InputBlock {
  return field(of, {
    type: 'file_input',
    action_id: of.id,
    filetypes: [...of.filetypes],
    max_files: 1,
  });
}

/** The last line of every modal: who will see what is entered. */
export function whoSees(text: string): KnownBlock {
  return { type: 'context', elements: [plain(text)] };
}

/** A button that shows the rest of a form, in place. */
export function moreButton(actionId: string, label = 'More'): KnownBlock {
  return {
    type: 'actions',
    block_id: 'more',
    elements: [{ type: 'button', action_id: actionId, text: plain(label), value: 'more' }],
  };
}

interface ElementState {
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_options?: { value: string }[];
  selected_date?: string | null;
  selected_time?: string | null;
  selected_user?: string | null;
  selected_users?: string[];
  selected_conversation?: string | null;
  files?: unknown[];
}

/** What was filled in, field by field; a field that is empty, or not there, is undefined. */
export function filledIn({ values }: Pick<OpenView, 'values'>) {
  const state = (id: string): ElementState => (values[id]?.[id] ?? {}) as ElementState;
  return {
    text: (id: string): string | undefined => storable(state(id).value ?? ''),
    choice: (id: string): string | undefined => state(id).selected_option?.value,
    choices: (id: string): string[] => (state(id).selected_options ?? []).map(({ value }) => value),
    date: (id: string): string | undefined => state(id).selected_date ?? undefined,
    time: (id: string): string | undefined => state(id).selected_time ?? undefined,
    person: (id: string): string | undefined => state(id).selected_user ?? undefined,
    people: (id: string): string[] => state(id).selected_users ?? [],
    channel: (id: string): string | undefined => state(id).selected_conversation ?? undefined,
    files: (id: string): unknown[] => state(id).files ?? [],
  };
}
