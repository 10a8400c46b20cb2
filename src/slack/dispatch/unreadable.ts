import { ZodError } from 'zod';
import type { AppContext } from '../../context.ts';
import type { Reply } from '../feature.ts';

/** Of PostgreSQL: a text that is no id, no date, no number, or no text at all. */
const malformed = new Set(['22P02', '22007', '22008', '22021']);

/**
 * What Slack carried for us, in a button or a modal, does not say what it should: it is of an older version, or no
 * client of Slack's has sent it. Trying again does not mend it, and it is no failure of ours.
 */
export function isUnreadable(error: unknown): boolean {
  if (error instanceof ZodError || error instanceof SyntaxError) return true;
  return error instanceof Error && 'code' in error && malformed.has(String(error.code));
}

export async function orUnreadable(context: AppContext, answer: Promise<Reply>): Promise<Reply> {
  try {
    return await answer;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    context.log.warn({ err: error }, 'a press or command could not be read');
    return {
      text: 'This is from an older version, and nothing was changed. `/coach help` lists what works.',
    };
  }
}
