import { z } from 'zod';
import { Refused } from '../refused.ts';
import type { Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';

export interface ApiMethod {
  run: (ws: Workspace, args: Fields) => Fields;
}

/** One Web API method: its arguments, and what it answers beside `ok: true`. */
export function method<S extends z.ZodType>(
  schema: S,
  answer: (ws: Workspace, args: z.output<S>) => Fields,
): ApiMethod {
  return {
    run: (ws, args) => {
      const read = schema.safeParse(args);
      if (read.success) return answer(ws, read.data);
      const messages = read.error.issues.map((one) =>
        one.code === 'invalid_type' && args[String(one.path[0])] === undefined
          ? `[ERROR] missing required field: ${one.path.join('/')}`
          : `[ERROR] ${one.message} [json-pointer:/${one.path.join('/')}]`,
      );
      throw new Refused('invalid_arguments', { response_metadata: { messages } });
    },
  };
}

const TRUE = ['true', '1', 'True'];

/** Form bodies carry every argument as text. */
export const flag = z
  .union([z.boolean(), z.string().transform((one) => TRUE.includes(one)), z.number().transform(Boolean)])
  .optional();

export const count = z.coerce.number().int().optional();

/** An argument that is JSON, sent as such or as text. */
export function json<S extends z.ZodType>(inner: S) {
  return z.preprocess((value, context) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      context.addIssue({ code: 'custom', message: 'not valid JSON' });
      return z.NEVER;
    }
  }, inner);
}

export function page<T>(all: T[], cursor: string | undefined, limit: number): { items: T[]; next: string } {
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('offset:', '')) : 0;
  if (!Number.isInteger(start) || start < 0) throw new Refused('invalid_cursor');
  const end = start + limit;
  return {
    items: all.slice(start, end),
    next: end < all.length ? Buffer.from(`offset:${end}`).toString('base64') : '',
  };
}
