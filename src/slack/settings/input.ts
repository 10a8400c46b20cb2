import type { InputBlock } from '@slack/web-api';
import { observedCallDays } from '#domain/settings.ts';
import { plain } from '../rich-text.ts';
import { type Field, idOf, schemaOf } from './field.ts';
import { fromTo } from './read-field.ts';
import { callDays, months, weekdays } from './words.ts';

/** A field as a form shows it, filled in. */
export function inputOf(field: Field, blockId: string, value: unknown): InputBlock {
  const hint = hintOf(field);
  return {
    type: 'input',
    block_id: blockId,
    label: plain(field.label),
    ...(hint === '' ? {} : { hint: plain(hint) }),
    optional: field.kind.is === 'counts' && schemaOf(field).safeParse([]).success,
    element: elementOf(field, value),
  };
}

function hintOf(field: Field): string {
  const { kind } = field;
  const said = field.hint === undefined ? [] : [field.hint];
  if (kind.is === 'count') {
    return [...said, `${capital(kind.unit?.[1] ?? 'a whole number')}, ${fromTo(field)}.`].join(' ');
  }
  if (kind.is === 'counts') return [...said, `Each ${fromTo(field)}.`].join(' ');
  if (kind.is === 'share') return [...said, 'In percent; the four sum to 100.'].join(' ');
  return said.join(' ');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function elementOf(field: Field, value: unknown): InputBlock['element'] {
  const action_id = idOf(field);
  switch (field.kind.is) {
    // Slack's own number field refuses a decimal comma, and says no range in its errors.
    case 'count':
    case 'share':
      return { type: 'plain_text_input', action_id, max_length: 10, initial_value: String(value) };
    case 'counts':
      return {
        type: 'plain_text_input',
        action_id,
        max_length: 100,
        initial_value: (value as number[]).join(', '),
      };
    case 'name':
      return { type: 'plain_text_input', action_id, max_length: 24, initial_value: String(value) };
    case 'time':
      return { type: 'timepicker', action_id, initial_time: String(value) };
    case 'weekdays': {
      const options = numbered(weekdays);
      const ticked = options.filter((one) => (value as number[]).includes(Number(one.value)));
      return { type: 'checkboxes', action_id, options, initial_options: ticked };
    }
    case 'weekday':
      return menu(action_id, numbered(weekdays), String(value));
    case 'month':
      return menu(action_id, numbered(months), String(value));
    case 'call_day':
      return menu(
        action_id,
        observedCallDays.map((day) => ({ text: plain(capital(callDays[day])), value: day })),
        String(value),
      );
  }
}

type Option = { text: ReturnType<typeof plain>; value: string };

const numbered = (names: string[]): Option[] =>
  names.map((name, index) => ({ text: plain(name), value: String(index + 1) }));

function menu(action_id: string, options: Option[], value: string): InputBlock['element'] {
  const chosen = options.find((option) => option.value === value);
  return {
    type: 'static_select',
    action_id,
    options,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}
