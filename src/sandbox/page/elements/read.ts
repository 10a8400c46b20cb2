import type { Element } from '../../local-slack/surface/blocks.ts';
import type { Fields } from '../../local-slack/types.ts';

/** What blocks and elements say, read without trust in their form. */

export function words(value: unknown): string {
  if (typeof value === 'string') return value;
  return isFields(value) ? words(value['text']) : '';
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export interface Choice {
  id: string;
  text: string;
  description: string;
  /** Shown beside a person's name. */
  person?: boolean;
}

export interface ChoiceGroup {
  label: string;
  choices: Choice[];
}

export function choiceOf(option: unknown): Choice {
  const read = isFields(option) ? option : {};
  return {
    id: String(read['value'] ?? ''),
    text: words(read['text']),
    description: words(read['description']),
  };
}

export function choicesOf(element: Element | { [key: string]: unknown }): ChoiceGroup[] {
  const groups = fieldsIn(element['option_groups']);
  if (groups.length > 0) {
    return groups.map((group) => ({
      label: words(group['label']),
      choices: fieldsIn(group['options']).map(choiceOf),
    }));
  }
  return [{ label: '', choices: fieldsIn(element['options']).map(choiceOf) }];
}
