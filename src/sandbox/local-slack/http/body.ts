import type { IncomingMessage } from 'node:http';
import type { Fields } from '../types.ts';

const MAX_BYTES = 60 * 1024 * 1024;

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MAX_BYTES) throw new Error('The request is larger than the local Slack accepts');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

export type Body = { ok: true; fields: Fields } | { ok: false; error: 'invalid_json' | 'json_not_object' };

/** The arguments of a call, from a JSON or a form body; a query is read as well. */
export function readFields(request: IncomingMessage, bytes: Buffer): Body {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const text = bytes.toString('utf8');
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    return { ok: true, fields: Object.fromEntries([...query, ...new URLSearchParams(text)]) };
  }
  try {
    const parsed: unknown = JSON.parse(text === '' ? '{}' : text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      return { ok: false, error: 'json_not_object' };
    }
    return { ok: true, fields: { ...Object.fromEntries(query), ...parsed } };
  } catch {
    return { ok: false, error: 'invalid_json' };
  }
}
