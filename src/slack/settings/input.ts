import type { InputBlock } from '@slack/web-api';
import { observedCallDays } from '#domain/settings.ts';
import { type Choice, select, textInput, ticks, timePicker } from '../form.ts';
import { type Field, schemaOf } from './field.ts';
import { fromTo } from './read-field.ts';
import { callDays, months, weekdays, yesOrNo } from './words.ts';

/** A field as a form shows it, filled in. */
export function inputOf(field: Field, id: string, value: unknown): InputBlock {
  const of = { id, label: field.label, hint: hintOf(field) };
  switch (field.kind.is) {
    // Slack's own number field refuses a decimal comma, and says no range in its errors.
    case 'count':
    case 'share':
      return textInput({ ...of, most: 10, initial: String(value) });
    case 'counts': {
      const optional = schemaOf(field).safeParse([]).success;
      return textInput({ ...of, optional, most: 100, initial: (value as number[]).join(', ') });
    }
    case 'name':
      return textInput({ ...of, most: 24, initial: String(value) });
    case 'time':
      return timePicker({ ...of, initial: String(value) });
    case 'weekdays':
      return ticks({ ...of, choices: numbered(weekdays), initial: (value as number[]).map(String) });
    case 'weekday':
      return select({ ...of, choices: numbered(weekdays), initial: String(value) });
    case 'month':
      return select({ ...of, choices: numbered(months), initial: String(value) });
    case 'yes_no':
      return select({ ...of, choices: [...yesOrNo], initial: String(value) });
    case 'call_day': {
      const choices = observedCallDays.map((day): Choice => [day, capital(callDays[day])]);
      return select({ ...of, choices, initial: String(value) });
    }
  }
}

function hintOf(field: Field): string | undefined {
  const { kind } = field;
  const range =
    kind.is === 'count'
      ? `${capital(kind.unit?.[1] ?? 'a whole number')}, ${fromTo(field)}.`
      : kind.is === 'counts'
        ? `Each ${fromTo(field)}.`
        : undefined;
  const hint = [field.hint, range].filter((one) => one !== undefined).join(' ');
  return hint || undefined;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const numbered = (names: string[]): Choice[] => names.map((name, index) => [String(index + 1), name]);
