import { type Element, interactiveElements, wordsOf } from '../surface/blocks.ts';
import type { Fields, View } from '../types.ts';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function isEmpty(value: Fields | undefined): boolean {
  if (!value) return true;
  const given = Object.entries(value).filter(([key]) => key !== 'type');
  return given.every(([, one]) => one === null || one === '' || (Array.isArray(one) && one.length === 0));
}

function limit(element: Element, key: string): number | null {
  const raw = element[key];
  const value = raw === undefined ? Number.NaN : Number(raw);
  return Number.isNaN(value) ? null : value;
}

function lengthProblem(element: Element, text: string): string | null {
  const least = limit(element, 'min_length');
  const most = limit(element, 'max_length');
  if (least !== null && text.length < least) return `Must be at least ${least} characters`;
  return most !== null && text.length > most ? `Must be less than ${most + 1} characters` : null;
}

function numberProblem(element: Element, text: string): string | null {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) return 'Enter a number';
  if (element['is_decimal_allowed'] !== true && !Number.isInteger(value)) return 'Enter a whole number';
  const least = limit(element, 'min_value');
  const most = limit(element, 'max_value');
  if (least !== null && value < least) return `Enter a number that is at least ${least}`;
  return most !== null && value > most ? `Enter a number that is at most ${most}` : null;
}

function formProblem(element: Element, value: Fields): string | null {
  const text = wordsOf(value['value']);
  switch (element.type) {
    case 'plain_text_input':
      return lengthProblem(element, text);
    case 'number_input':
      return numberProblem(element, text);
    case 'email_text_input':
      return EMAIL.test(text) ? null : 'Enter a valid email address';
    case 'url_text_input':
      return URL.canParse(text) ? null : 'Enter a valid URL';
    default:
      return null;
  }
}

/** What Slack's client finds wrong before it sends a submission, by block id. */
export function inputProblems(view: View): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { block, element, actionId } of interactiveElements(view.blocks)) {
    if (block.type !== 'input') continue;
    const value = view.values[block.block_id]?.[actionId];
    if (!value || isEmpty(value)) {
      if (!block.optional) problems[block.block_id] = 'Please complete this required field.';
      continue;
    }
    const problem = formProblem(element, value);
    if (problem !== null) problems[block.block_id] = problem;
  }
  return problems;
}
