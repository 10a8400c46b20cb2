import { createHash } from 'node:crypto';
import type { MessageContent } from '#services/message-content.ts';

/** Tells whether a message already shows what it should, so that it is not edited to what it is. */
export function hashContent(content: MessageContent): string {
  return createHash('sha256')
    .update(JSON.stringify([content.text, content.blocks]))
    .digest('hex');
}
