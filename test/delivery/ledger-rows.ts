import { randomUUID } from 'node:crypto';
import type { DeliveryState } from '#domain/delivery.ts';
import type { OccurrenceState } from '#domain/occurrence.ts';
import type { Trx } from '#storage/database.ts';
import type { TestDatabase } from '#test/database.ts';
import { testClock } from './clock.ts';
import { monday, settle } from './engine.ts';

export const workspaceId = 'T1';
export const past = new Date('2026-01-01T00:00:00Z');
export const fence = 3;

/** One pair, and a conversation for everybody; returns their cadence. */
export async function settlePair(database: TestDatabase): Promise<string> {
  const inSlack = { workspaceId, botUserId: 'UBOT', userId: (name: string) => `U${name}` };
  await settle({ database, clock: testClock(monday) }, inSlack, [{ manager: 'dana', rep: 'sam' }]);
  return database.inWorkspace(workspaceId, async (trx) => {
    await trx.updateTable('member').set({ dm_channel: 'D1' }).execute();
    return (await trx.selectFrom('cadence').select('cadence_id').executeTakeFirstOrThrow()).cadence_id;
  });
}

/** A legal row of this state. */
export function deliveryRow(state: DeliveryState) {
  const id = randomUUID();
  const begun = state === 'posting' || state === 'uncertain' || state === 'delivered';
  const ended = state === 'delivered' || state === 'folded' || state === 'dropped';
  return {
    workspace_id: workspaceId,
    delivery_id: id,
    kind: 'prompt' as const,
    key: id,
    post_key: randomUUID(),
    receiver_id: 'Udana',
    due_at: past,
    state,
    reason: state === 'folded' || state === 'dropped' ? 'some reason' : null,
    fence,
    attempts: 0,
    intent_at: begun ? past : null,
    retry_at: null,
    channel: begun ? 'D1' : null,
    last_answer: null,
    settled_at: ended ? past : null,
  };
}

/** The same of an occurrence. */
export function occurrenceRow(cadenceId: string, state: OccurrenceState, asked = true) {
  const ended = state === 'done' || state === 'excused' || state === 'expired';
  return {
    workspace_id: workspaceId,
    occurrence_id: randomUUID(),
    cadence_id: cadenceId,
    period: randomUUID(),
    kind: 'one_on_one' as const,
    asked_id: 'Udana',
    about_id: 'Usam',
    due_at: past,
    closes_at: new Date('2026-01-08T00:00:00Z'),
    state,
    asked_at: asked ? past : null,
    settled_at: ended ? past : null,
    reason: state === 'excused' ? 'some reason' : null,
  };
}

export type DeliveryRow = ReturnType<typeof deliveryRow>;
export type OccurrenceRow = ReturnType<typeof occurrenceRow>;

export const insertDelivery = (trx: Trx, row: DeliveryRow) =>
  trx.insertInto('delivery').values(row).execute();
