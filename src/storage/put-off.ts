import { sql } from 'kysely';
import type { DutyKind, OccurrenceState } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';
import { markMessagesShowing } from './messages.ts';
import { forgetUnsent } from './told-occurrences.ts';

/** An occurrence as far as it can be put off or excused. */
export interface Movable {
  id: string;
  kind: DutyKind;
  state: OccurrenceState;
  reason: string | null;
  askedId: string;
  aboutId: string;
  aboutName: string;
  dueAt: Date;
  closesAt: Date;
}

/** Locks it, so that two who move it do so one after the other. */
export async function lockMovable(
  trx: Trx,
  workspaceId: string,
  occurrenceId: string,
): Promise<Movable | undefined> {
  const { rows } = await sql<{
    kind: DutyKind;
    state: OccurrenceState;
    reason: string | null;
    asked_id: string;
    about_id: string;
    about_name: string;
    due_at: Date;
    closes_at: Date;
  }>`
    select o.kind, o.state, o.reason, o.asked_id, o.about_id, about.name as about_name, o.due_at, o.closes_at
    from occurrence o join member about on about.workspace_id = o.workspace_id and about.user_id = o.about_id
    where o.workspace_id = ${workspaceId} and o.occurrence_id = ${occurrenceId}
    for no key update of o`.execute(trx);
  const [row] = rows;
  return (
    row && {
      id: occurrenceId,
      kind: row.kind,
      state: row.state,
      reason: row.reason,
      askedId: row.asked_id,
      aboutId: row.about_id,
      aboutName: row.about_name,
      dueAt: row.due_at,
      closesAt: row.closes_at,
    }
  );
}

/** What has become of a person's card and prompt of one day. */
export async function messagesOfDay(
  trx: Trx,
  workspaceId: string,
  keys: { card: string; prompt: string },
): Promise<{ cardIsToCome: boolean; promptIsOver: boolean }> {
  const { rows } = await sql<{ key: string; state: string }>`
    select key, state from delivery
    where workspace_id = ${workspaceId} and key in (${keys.card}, ${keys.prompt})`.execute(trx);
  const stateOf = (key: string): string | undefined => rows.find((row) => row.key === key)?.state;
  const prompt = stateOf(keys.prompt);
  return {
    cardIsToCome: stateOf(keys.card) === 'pending',
    promptIsOver: prompt !== undefined && prompt !== 'pending',
  };
}

/** Its messages are planned anew, and none to whoever is asked comes before `until`. */
export async function snooze(
  trx: Trx,
  workspaceId: string,
  occurrenceId: string,
  until: Date,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('occurrence')
    .set({ snoozed_until: until, ask_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', '=', occurrenceId)
    .execute();
  await forgetUnsent(trx, workspaceId, [occurrenceId]);
  await markMessagesShowing(trx, [{ workspaceId, id: occurrenceId }]);
}
