import { createHash } from 'node:crypto';

/** By which the same content, sent twice, is known as the same. */
export function contentHashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
