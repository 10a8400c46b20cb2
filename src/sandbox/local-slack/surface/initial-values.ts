import type { StateValues } from '../types.ts';
import { type Block, type Element, holdsValue, interactiveElements } from './blocks.ts';
import { initialOptions } from './options.ts';

function given(element: Element, key: string): unknown {
  return element[key] ?? null;
}

/** What an untouched element reports, in the shape Slack gives its value. */
function initialValue(element: Element): Record<string, unknown> {
  const { type } = element;
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: given(element, 'initial_value') };
    case 'number_input': {
      const initial = element['initial_value'];
      return { type, value: initial === undefined ? null : String(initial) };
    }
    case 'rich_text_input': {
      const initial = element['initial_value'];
      return initial === undefined ? { type } : { type, rich_text_value: initial };
    }
    case 'file_input':
      return { type, files: [] };
    case 'datepicker':
      return { type, selected_date: given(element, 'initial_date') };
    case 'timepicker':
      return { type, selected_time: given(element, 'initial_time') };
    case 'datetimepicker':
      return { type, selected_date_time: given(element, 'initial_date_time') };
    case 'radio_buttons':
    case 'static_select':
    case 'external_select':
      return { type, selected_option: initialOptions(element)[0] ?? null };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: initialOptions(element) };
    case 'users_select':
      return { type, selected_user: given(element, 'initial_user') };
    case 'conversations_select':
      return { type, selected_conversation: given(element, 'initial_conversation') };
    case 'channels_select':
      return { type, selected_channel: given(element, 'initial_channel') };
    case 'multi_users_select':
      return { type, selected_users: element['initial_users'] ?? [] };
    case 'multi_conversations_select':
      return { type, selected_conversations: element['initial_conversations'] ?? [] };
    case 'multi_channels_select':
      return { type, selected_channels: element['initial_channels'] ?? [] };
    default:
      throw new Error(`The local Slack knows no value for an element of type ${type}`);
  }
}

/**
 * The values of a surface after its blocks changed. What a person typed stays where block id, action id and
 * type are the same, as in Slack's client; everything else starts from the element's own initial value.
 */
export function carriedValues(blocks: Block[], before: StateValues): StateValues {
  const values: StateValues = {};
  for (const { block, element, actionId } of interactiveElements(blocks)) {
    if (!holdsValue(element.type)) continue;
    const kept = before[block.block_id]?.[actionId];
    const inBlock = values[block.block_id] ?? {};
    inBlock[actionId] = kept?.['type'] === element.type ? kept : initialValue(element);
    values[block.block_id] = inBlock;
  }
  return values;
}
