import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeOverdue } from '#delivery/close-overdue.ts';
import { type DeliveryState, deliveryMayBecome } from '#domain/delivery.ts';
import { endAtClosing, mayBecome, type OccurrenceState } from '#domain/occurrence.ts';
import { deferDeliveriesOf, dropDeliveriesOf } from '#storage/conversations.ts';
import type { Trx } from '#storage/database.ts';
import {
  deferDelivery,
  dropLocked,
  lockDueDeliveries,
  planDeliveries,
  recordIntent,
  settleDeliveries,
} from '#storage/deliveries.ts';
import { foldDue } from '#storage/folding.ts';
import { excuseOpenOf, letFallDue, markAsked, markDone } from '#storage/occurrences.ts';
import { deferUnclear, takeUnclear } from '#storage/unclear-deliveries.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import {
  type DeliveryRow,
  deliveryRow,
  fence,
  insertDelivery,
  type OccurrenceRow,
  occurrenceRow,
  past,
  settlePair,
  workspaceId,
} from './ledger-rows.ts';

const deliveryStates: DeliveryState[] = ['pending', 'posting', 'delivered', 'uncertain', 'folded', 'dropped'];
const occurrenceStates: OccurrenceState[] = ['planned', 'due', 'done', 'excused', 'expired'];

const now = new Date('2026-02-01T00:00:00Z');

onBothDatabases('the ledger', (open) => {
  let database: TestDatabase;
  let cadenceId = '';
  beforeAll(async () => {
    database = await open();
    cadenceId = await settlePair(database);
  });
  afterAll(() => database.close());

  class RolledBack extends Error {}

  /** What a statement makes of a row of this state; nothing of it is kept. */
  async function deliveryAfter(
    from: DeliveryState,
    statement: (trx: Trx, row: DeliveryRow) => Promise<unknown>,
  ): Promise<DeliveryState> {
    let after: DeliveryState | undefined;
    const rolledBack = database.inWorkspace(workspaceId, async (trx) => {
      const row = deliveryRow(from);
      await insertDelivery(trx, row);
      await statement(trx, row);
      const found = trx.selectFrom('delivery').select('state').where('delivery_id', '=', row.delivery_id);
      after = (await found.executeTakeFirstOrThrow()).state;
      throw new RolledBack();
    });
    await expect(rolledBack).rejects.toThrow(RolledBack);
    if (after === undefined) throw new Error('nothing was read');
    return after;
  }

  const settleTo =
    (to: DeliveryState, withFence = fence) =>
    async (trx: Trx, row: DeliveryRow) => {
      const settlement = {
        id: row.delivery_id,
        fence: withFence,
        to,
        answer: 'answer',
        ...(to === 'dropped' ? { reason: 'reason' } : {}),
        ...(to === 'delivered' || to === 'dropped' ? { settledAt: now } : {}),
      };
      return (await settleDeliveries(trx, workspaceId, [settlement])).has(row.delivery_id);
    };

  /** Both with a 1:1 that is open, so that there is something to carry. */
  async function withYounger(trx: Trx, row: DeliveryRow): Promise<void> {
    const younger = { ...deliveryRow('pending'), due_at: now };
    await insertDelivery(trx, younger);
    const open = occurrenceRow(cadenceId, 'due');
    await trx.insertInto('occurrence').values(open).execute();
    for (const { delivery_id } of [row, younger]) {
      const link = { workspace_id: workspaceId, delivery_id, occurrence_id: open.occurrence_id };
      await trx.insertInto('delivery_occurrence').values(link).execute();
    }
  }

  const statements: Record<string, (trx: Trx, row: DeliveryRow) => Promise<unknown>> = {
    planDeliveries: (trx, row) =>
      planDeliveries(trx, [
        {
          ...row,
          workspaceId,
          id: randomUUID(),
          postKey: randomUUID(),
          receiverId: 'Udana',
          dueAt: now,
          occurrenceIds: [],
        },
      ]),
    lockDueDeliveries: (trx) => lockDueDeliveries(trx, workspaceId, { business: now, machine: now }, 100),
    recordIntent: (trx, row) =>
      recordIntent(trx, workspaceId, [{ id: row.delivery_id, channel: 'D1', sentOn: null }], now),
    'settled as delivered': settleTo('delivered'),
    'settled as uncertain': settleTo('uncertain'),
    'settled as pending': settleTo('pending'),
    'settled as dropped': settleTo('dropped'),
    takeUnclear: (trx) => takeUnclear(trx, workspaceId, now, now, now),
    deferUnclear: (trx, row) =>
      deferUnclear(trx, workspaceId, [{ id: row.delivery_id, fence }], { answer: 'answer', retryAt: now }),
    dropLocked: (trx, row) => dropLocked(trx, workspaceId, [{ id: row.delivery_id, reason: 'reason' }], now),
    deferDelivery: (trx, row) => deferDelivery(trx, workspaceId, row.delivery_id, 'answer', now),
    dropDeliveriesOf: (trx) => dropDeliveriesOf(trx, workspaceId, 'Udana', 'reason', now),
    deferDeliveriesOf: (trx) =>
      deferDeliveriesOf(trx, workspaceId, 'Udana', { answer: 'answer', at: now, retryAt: now }),
    foldDue: async (trx, row) => {
      await withYounger(trx, row);
      await foldDue(trx, workspaceId, now);
    },
  };

  /** Only these move a delivery at all, and where they do. */
  const moves: Record<string, string[]> = {
    recordIntent: ['pending → posting'],
    'settled as delivered': ['posting → delivered', 'uncertain → delivered'],
    'settled as uncertain': ['posting → uncertain'],
    'settled as pending': ['posting → pending', 'uncertain → pending'],
    'settled as dropped': ['pending → dropped', 'posting → dropped', 'uncertain → dropped'],
    takeUnclear: ['posting → uncertain'],
    dropLocked: ['pending → dropped'],
    dropDeliveriesOf: ['pending → dropped'],
    foldDue: ['pending → folded'],
  };

  test.each(Object.entries(statements))(
    '%s moves a delivery only the ways there are',
    async (name, statement) => {
      const moved: string[] = [];
      for (const from of deliveryStates) {
        const to = await deliveryAfter(from, statement);
        if (to === from) continue;
        expect(deliveryMayBecome(from, to)).toBe(true);
        moved.push(`${from} → ${to}`);
      }
      expect(moved).toEqual(moves[name] ?? []);
    },
  );

  test.each(['delivered', 'uncertain', 'pending', 'dropped'] as const)(
    'under an old fence nothing becomes %s',
    async (to) => {
      for (const from of deliveryStates) {
        for (const stale of [fence - 1, fence + 1]) {
          expect(await deliveryAfter(from, settleTo(to, stale))).toBe(from);
        }
      }
    },
  );

  test('taking raises the fence: whoever had it before can settle nothing any more', async () => {
    const after = await deliveryAfter('posting', async (trx, row) => {
      await takeUnclear(trx, workspaceId, now, now, now);
      expect(await settleTo('delivered')(trx, row)).toBe(false);
      expect(await settleTo('delivered', fence + 1)(trx, row)).toBe(true);
    });
    expect(after).toBe('delivered');
  });

  test('an unclear one is left alone in its quarantine and while it is to wait', async () => {
    const early = await deliveryAfter('posting', async (trx) => {
      expect(await takeUnclear(trx, workspaceId, new Date(past.getTime() - 1), now, now)).toEqual([]);
    });
    expect(early).toBe('posting');
    await deliveryAfter('uncertain', async (trx, row) => {
      const later = new Date(now.getTime() + 1);
      await deferUnclear(trx, workspaceId, [{ id: row.delivery_id, fence }], {
        answer: 'answer',
        retryAt: later,
      });
      expect(await takeUnclear(trx, workspaceId, now, now, now)).toEqual([]);
      expect(await takeUnclear(trx, workspaceId, now, later, now)).toHaveLength(1);
    });
  });

  async function occurrenceAfter(
    row: OccurrenceRow,
    work: (trx: Trx, id: string) => Promise<unknown>,
    as: 'workspace' | 'planner' = 'workspace',
  ): Promise<{ state: OccurrenceState; reason: string | null }> {
    await database.owner.insertInto('occurrence').values(row).execute();
    const within = (id: string) => (trx: Trx) => work(trx, id);
    await (as === 'planner'
      ? database.inPlanner(within(row.occurrence_id))
      : database.inWorkspace(workspaceId, within(row.occurrence_id)));
    const found = database.owner
      .selectFrom('occurrence')
      .select(['state', 'reason'])
      .where('occurrence_id', '=', row.occurrence_id);
    const after = await found.executeTakeFirstOrThrow();
    await database.owner.deleteFrom('occurrence').where('occurrence_id', '=', row.occurrence_id).execute();
    return after;
  }

  const endings: [string, 'workspace' | 'planner', (trx: Trx, id: string) => Promise<unknown>, string[]][] = [
    ['letFallDue', 'planner', (trx) => letFallDue(trx, now), ['planned → due']],
    ['closeOverdue', 'planner', (trx) => closeOverdue(trx, now, 10), ['planned → expired', 'due → expired']],
    [
      'markDone',
      'workspace',
      (trx, id) => markDone(trx, workspaceId, id, now),
      ['planned → done', 'due → done'],
    ],
    [
      'excuseOpenOf',
      'workspace',
      (trx) => excuseOpenOf(trx, workspaceId, cadenceId, 'manager_changed', now),
      ['planned → excused', 'due → excused'],
    ],
    ['markAsked', 'workspace', (trx) => markAsked(trx, workspaceId, [randomUUID()], now), []],
  ];

  test.each(endings)('%s moves an occurrence only the ways there are', async (_name, as, work, expected) => {
    const moved: string[] = [];
    for (const from of occurrenceStates) {
      const { state: to } = await occurrenceAfter(occurrenceRow(cadenceId, from), work, as);
      if (to === from) continue;
      expect(mayBecome(from, to)).toBe(true);
      moved.push(`${from} → ${to}`);
    }
    expect(moved).toEqual(expected);
  });

  test.each([true, false])('closing ends many rows like the rule for one (asked: %s)', async (asked) => {
    for (const from of ['planned', 'due'] as const) {
      const row = occurrenceRow(cadenceId, from, asked);
      const after = await occurrenceAfter(row, (trx) => closeOverdue(trx, now, 10), 'planner');
      expect(after).toEqual(endAtClosing(row.asked_at));
    }
  });
});
