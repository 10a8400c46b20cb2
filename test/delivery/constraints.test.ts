import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeliveryState } from '#domain/delivery.ts';
import type { OccurrenceState } from '#domain/occurrence.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import {
  type DeliveryRow,
  deliveryRow,
  insertDelivery,
  type OccurrenceRow,
  occurrenceRow,
  past,
  settlePair,
  workspaceId,
} from './ledger-rows.ts';

onBothDatabases('whatever the program does,', (open) => {
  let database: TestDatabase;
  let cadenceId = '';
  beforeAll(async () => {
    database = await open();
    cadenceId = await settlePair(database);
  });
  afterAll(() => database.close());

  test.each<[string, Partial<DeliveryRow>]>([
    ['posting without an intent', { ...deliveryRow('posting'), intent_at: null }],
    ['posting without a conversation', { ...deliveryRow('posting'), channel: null }],
    ['uncertain without an intent', { ...deliveryRow('uncertain'), intent_at: null }],
    ['delivered and not settled', { ...deliveryRow('delivered'), settled_at: null }],
    ['pending and settled', { ...deliveryRow('pending'), settled_at: past }],
    ['uncertain and settled', { ...deliveryRow('uncertain'), settled_at: past }],
    ['dropped without a reason', { ...deliveryRow('dropped'), reason: null }],
    ['folded without a reason', { ...deliveryRow('folded'), reason: null }],
    ['of a state that does not exist', { ...deliveryRow('pending'), state: 'lost' as DeliveryState }],
    ['to nobody that is known', { ...deliveryRow('pending'), receiver_id: 'UNOBODY' }],
  ])('the database refuses a delivery that is %s', async (_name, row) => {
    const refused = database.inWorkspace(workspaceId, (trx) => insertDelivery(trx, row as DeliveryRow));
    await expect(refused).rejects.toThrow(/constraint/);
  });

  test.each(['key', 'post_key'] as const)(
    'the database refuses a second delivery of the same %s',
    async (column) => {
      const first = deliveryRow('pending');
      const refused = database.inWorkspace(workspaceId, async (trx) => {
        await insertDelivery(trx, first);
        await insertDelivery(trx, { ...deliveryRow('pending'), [column]: first[column] });
      });
      await expect(refused).rejects.toThrow(/unique/);
    },
  );

  test.each<[string, (row: OccurrenceRow) => Partial<OccurrenceRow>]>([
    ['done and not settled', () => ({ state: 'done', settled_at: null })],
    ['due and settled', () => ({ state: 'due', settled_at: past })],
    ['excused without a reason', () => ({ state: 'excused', settled_at: past, reason: null })],
    ['expired with a reason', () => ({ state: 'expired', settled_at: past, reason: 'reason' })],
    ['closed before it is due', (row) => ({ closes_at: row.due_at })],
    ['of a state that does not exist', () => ({ state: 'lost' as OccurrenceState })],
  ])('the database refuses an occurrence that is %s', async (_name, wrong) => {
    const row = occurrenceRow(cadenceId, 'due');
    const refused = database.inWorkspace(workspaceId, (trx) =>
      trx
        .insertInto('occurrence')
        .values({ ...row, ...wrong(row) })
        .execute(),
    );
    await expect(refused).rejects.toThrow(/constraint/);
  });

  test('the database refuses a second occurrence of a cadence in the same period', async () => {
    const first = occurrenceRow(cadenceId, 'planned');
    const refused = database.inWorkspace(workspaceId, async (trx) => {
      await trx.insertInto('occurrence').values(first).execute();
      await trx
        .insertInto('occurrence')
        .values({ ...occurrenceRow(cadenceId, 'planned'), period: first.period })
        .execute();
    });
    await expect(refused).rejects.toThrow(/unique/);
  });

  test('the database refuses a second message of a delivery', async () => {
    const row = deliveryRow('delivered');
    const refused = database.inWorkspace(workspaceId, async (trx) => {
      await insertDelivery(trx, row);
      for (const ts of ['1.1', '1.2']) {
        await trx
          .insertInto('message')
          .values({
            workspace_id: workspaceId,
            message_id: randomUUID(),
            delivery_id: row.delivery_id,
            channel: 'D1',
            ts,
            content_hash: '',
            posted_at: past,
          })
          .execute();
      }
    });
    await expect(refused).rejects.toThrow(/unique/);
  });
});
