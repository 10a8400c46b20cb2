import type { NoteKind } from '#domain/note.ts';
import { settleNotes } from '#storage/card-notes.ts';
import type { ServiceContext } from '../context.ts';

/** Somebody has read what a card told them; it asks for nothing any more. */
export async function readNote(
  context: ServiceContext,
  workspaceId: string,
  one: { readerId: string; subjectId: string; kinds: readonly NoteKind[] },
): Promise<void> {
  const { readerId: receiverId, subjectId, kinds } = one;
  await context.database.inWorkspace(workspaceId, (trx) =>
    settleNotes(trx, workspaceId, { subjectId, kinds, receiverId }, new Date(context.clock.now())),
  );
  context.wake(workspaceId);
}
