import type { DutyKind } from '#domain/occurrence.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { markMessagesShowing } from './messages.ts';

/**
 * An occurrence that ended as done keeps that end when its record is withdrawn, as every end is kept; this
 * reason says that it counts neither way. A new record in its place takes the reason away.
 */
export const takenBack = 'withdrawn';

export async function takeBack(trx: Trx, workspaceId: string, occurrenceIds: string[]): Promise<void> {
  await setReason(trx, workspaceId, occurrenceIds, { from: null, to: takenBack });
}

/** Says whether its record had been withdrawn. */
export async function giveBack(trx: Trx, workspaceId: string, occurrenceId: string): Promise<boolean> {
  return (await setReason(trx, workspaceId, [occurrenceId], { from: takenBack, to: null })) > 0;
}

async function setReason(
  trx: Trx,
  workspaceId: string,
  occurrenceIds: string[],
  { from, to }: { from: string | null; to: string | null },
): Promise<number> {
  if (occurrenceIds.length === 0) return 0;
  const changed = await trx
    .updateTable('occurrence')
    .set({ reason: to })
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', 'in', occurrenceIds)
    .where('state', '=', 'done')
    .where('reason', 'is not distinct from', from)
    .returning('occurrence_id')
    .execute();
  await markMessagesShowing(
    trx,
    changed.map((row) => ({ workspaceId, id: row.occurrence_id })),
  );
  return changed.length;
}

/** The oldest of a pair whose record was withdrawn and whose time is not over. */
export async function takenBackOfPair(
  trx: Trx,
  workspaceId: string,
  kind: DutyKind,
  pair: { managerId: string; repId: string },
  now: Date,
): Promise<{ id: string; dueAt: Date } | undefined> {
  const query = trx
    .selectFrom('occurrence')
    .select(['occurrence_id', 'due_at'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('asked_id', '=', pair.managerId)
    .where('about_id', '=', pair.repId)
    .where('state', '=', 'done')
    .where('reason', '=', takenBack)
    .where('closes_at', '>', now)
    .orderBy('due_at')
    .limit(1);
  const [row] = await askTogether(trx, query, { due_at: 'instant' });
  return row && { id: row.occurrence_id, dueAt: row.due_at };
}

/** The occurrences of a subject that are done, and how many it has had in all. */
export async function historyOfSubject(
  trx: Trx,
  workspaceId: string,
  subjectId: string,
  askedId: string,
): Promise<{ done: string[]; made: number }> {
  const rows = await trx
    .selectFrom('occurrence')
    .select(['occurrence_id', 'state'])
    .where('workspace_id', '=', workspaceId)
    .where('subject_id', '=', subjectId)
    .where('asked_id', '=', askedId)
    .execute();
  const done = rows.filter(({ state }) => state === 'done').map((row) => row.occurrence_id);
  return { done, made: rows.length };
}
