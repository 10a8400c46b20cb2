import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { OpenedResource, Opening } from '#domain/opened.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';

/** Somebody is shown what is kept about another person. */
export interface Opened {
  viewerId: string;
  personId: string;
  resource: OpenedResource;
  how: Opening;
  at: Date;
}

/**
 * Notes that a record is opened, once an hour; one's own is nobody's business. Asked in the same turn as the reads of
 * what is opened, it costs no trip of its own.
 */
export async function noteAccess(trx: Trx, workspaceId: string, opened: Opened): Promise<void> {
  const { viewerId, personId, resource, how, at } = opened;
  if (viewerId === personId) return;
  const query = sql<object>`
    select note_access(${workspaceId}, ${randomUUID()}::uuid, ${viewerId}, ${personId}, ${resource}, ${how},
      ${at.toISOString()}::timestamptz)`;
  await askTogether(trx, query, {});
}
