import { z } from 'zod';
import { fitted, inOneLine, storable } from '../text.ts';
import { type Field, rangeOf, schemaOf } from './field.ts';

const State = z.object({
  value: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});
type State = z.infer<typeof State>;

export type ReadField = { ok: true; value: unknown } | { ok: false; error: string };

export function readField(field: Field, raw: unknown): ReadField {
  const state = State.parse(raw ?? {});
  const read = schemaOf(field).safeParse(filledIn(field, state));
  return read.success
    ? { ok: true, value: read.data }
    : { ok: false, error: whatFits(field, state, read.error.issues) };
}

function filledIn({ kind }: Field, state: State): unknown {
  switch (kind.is) {
    case 'count':
    case 'share':
      return numberIn(state.value ?? '');
    case 'counts':
      return numbersIn(state.value ?? '');
    case 'time':
      return state.selected_time;
    case 'weekday':
    case 'month':
      return Number(state.selected_option?.value);
    case 'weekdays':
      return inOrder((state.selected_options ?? []).map(({ value }) => Number(value)));
    case 'call_day':
      return state.selected_option?.value;
    case 'name':
      return inOneLine(storable(state.value ?? '') ?? '');
  }
}

/** With a comma or a point, whichever people are used to; a percent sign does no harm. */
function numberIn(typed: string): number {
  const match = /^(\d+)(?:[.,](\d+))?\s*%?$/.exec(typed.trim());
  return match === null ? Number.NaN : Number(`${match[1]}.${match[2] ?? 0}`);
}

function numbersIn(typed: string): number[] {
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== '');
  return inOrder(parts.map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN)));
}

/** Their order and a repetition mean nothing, so they are no mistakes. */
const inOrder = (numbers: number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

function whatFits(field: Field, { value }: State, issues: z.core.$ZodIssue[]): string {
  const typed = fitted(inOneLine(value ?? ''), 40);
  const wrong = typed === '' ? '' : `“${typed}” does not fit here. `;
  switch (field.kind.is) {
    case 'count':
      return `${wrong}Write a whole number ${fromTo(field)}.`;
    case 'share':
      return `${wrong}Write a number ${fromTo(field)}.`;
    case 'counts': {
      const most = issues.find((issue) => issue.code === 'too_big' && issue.origin === 'array');
      if (most?.code === 'too_big') return `${wrong}Write at most ${most.maximum} numbers.`;
      return `${wrong}Write whole numbers ${fromTo(field)}, with commas between them.`;
    }
    case 'time':
      return 'Choose a time.';
    case 'weekday':
    case 'weekdays':
      return 'Choose at least one day.';
    case 'month':
    case 'call_day':
      return 'Choose one.';
    case 'name':
      return `${wrong}Write a name of 1 to 24 characters.`;
  }
}

export function fromTo(field: Field): string {
  const [from, to] = rangeOf(field);
  return `from ${from} to ${to}`;
}
