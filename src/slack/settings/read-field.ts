import type { z } from 'zod';
import type { filledIn } from '../form.ts';
import { fitted, inOneLine } from '../text.ts';
import { type Field, rangeOf, schemaOf } from './field.ts';

type Filled = ReturnType<typeof filledIn>;

export type ReadField = { ok: true; value: unknown } | { ok: false; error: string };

export function readField(field: Field, id: string, filled: Filled): ReadField {
  const read = schemaOf(field).safeParse(valueIn(field, id, filled));
  return read.success
    ? { ok: true, value: read.data }
    : { ok: false, error: whatFits(field, filled.text(id) ?? '', read.error.issues) };
}

function valueIn({ kind }: Field, id: string, filled: Filled): unknown {
  switch (kind.is) {
    case 'count':
    case 'share':
      return numberIn(filled.text(id) ?? '');
    case 'counts':
      return numbersIn(filled.text(id) ?? '');
    case 'time':
      return filled.time(id);
    case 'weekday':
    case 'month':
      return Number(filled.choice(id));
    case 'yes_no':
      return filled.choice(id) === 'true';
    case 'weekdays':
      return inOrder(filled.choices(id).map(Number));
    case 'call_day':
      return filled.choice(id);
    case 'name':
      return inOneLine(filled.text(id) ?? '');
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

function whatFits(field: Field, text: string, issues: z.core.$ZodIssue[]): string {
  const typed = fitted(inOneLine(text), 40);
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
    case 'yes_no':
      return 'Choose one.';
    case 'name':
      return `${wrong}Write a name of 1 to 24 characters.`;
  }
}

export function fromTo(field: Field): string {
  const [from, to] = rangeOf(field);
  return `from ${from} to ${to}`;
}
