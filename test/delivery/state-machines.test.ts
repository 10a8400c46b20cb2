import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  settleDelivery,
} from '#storage/deliveries.ts';
import { foldDue } from '#storage/folding.ts';
import { closeOverdue, excuseOpenOf, letFallDue, markAsked, markDone } from '#storage/occurrences.ts';
import { deferUnclear, takeUnclear } from '#storage/unclear-deliveries.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { testClock } from './clock.ts';
import { monday, settle } from './engine.ts';

const workspaceId = 'T1';
const inSlack = { workspaceId, botUserId: 'UBOT', userId: (name: string) => `U${name}` };

const deliveryStates: DeliveryState[] = ['pending', 'posting', 'delivered', 'uncertain', 'folded', 'dropped'];
const occurrenceStates: OccurrenceState[] = ['planned', 'due', 'done', 'excused', 'expired'];

const past = new Date('2026-01-01T00:00:00Z');
const now = new Date('2026-02-01T00:00:00Z');
const fence = 3;

onBothDatabases('the ledger', (open) => {
  let database: TestDatabase;
  let cadenceId = '';
  beforeAll(async () => {
    database = await open();
    await settle({ database, clock: testClock(monday) }, inSlack, [{ manager: 'dana', rep: 'sam' }]);
    cadenceId = await database.inWorkspace(workspaceId, async (trx) => {
      await trx.updateTable('member').set({ dm_channel: 'D1' }).execute();
      return (await trx.selectFrom('cadence').select('cadence_id').executeTakeFirstOrThrow()).cadence_id;
    });
  });
  afterAll(() => database.close());

  /** A legal row of this state. */
  function delivery(state: DeliveryState) {
    const id = randomUUID();
    const begun = state === 'posting' || state === 'uncertain' || state === 'delivered';
    const ended = state === 'delivered' || state === 'folded' || state === 'dropped';
    return {
      workspace_id: workspaceId,
      delivery_id: id,
      kind: 'one_on_one_prompt' as const,
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

  function occurrence(state: OccurrenceState, asked = true) {
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

  const insert = (trx: Trx, row: ReturnType<typeof delivery>) =>
    trx.insertInto('delivery').values(row).execute();

  class RolledBack extends Error {}

  /** What a statement makes of a row of this state; nothing of it is kept. */
  async function deliveryAfter(
    from: DeliveryState,
    statement: (trx: Trx, row: ReturnType<typeof delivery>) => Promise<unknown>,
  ): Promise<DeliveryState> {
    let after: DeliveryState | undefined;
    const rolledBack = database.inWorkspace(workspaceId, async (trx) => {
      const row = delivery(from);
      await insert(trx, row);
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
    (trx: Trx, row: ReturnType<typeof delivery>) =>
      settleDelivery(trx, workspaceId, {
        id: row.delivery_id,
        fence: withFence,
        to,
        answer: 'answer',
        ...(to === 'dropped' ? { reason: 'reason' } : {}),
        ...(to === 'delivered' || to === 'dropped' ? { settledAt: now } : {}),
      });

  /** Both with a 1:1 that is open, so that there is something to carry. */
  async function withYounger(trx: Trx, row: ReturnType<typeof delivery>): Promise<void> {
    const younger = { ...delivery('pending'), due_at: now };
    await insert(trx, younger);
    const open = occurrence('due');
    await trx.insertInto('occurrence').values(open).execute();
    for (const { delivery_id } of [row, younger]) {
      const link = { workspace_id: workspaceId, delivery_id, occurrence_id: open.occurrence_id };
      await trx.insertInto('delivery_occurrence').values(link).execute();
    }
  }

  const statements: Record<string, (trx: Trx, row: ReturnType<typeof delivery>) => Promise<unknown>> = {
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
    recordIntent: (trx, row) => recordIntent(trx, workspaceId, [{ id: row.delivery_id, channel: 'D1' }], now),
    'settleDelivery to delivered': settleTo('delivered'),
    'settleDelivery to uncertain': settleTo('uncertain'),
    'settleDelivery to pending': settleTo('pending'),
    'settleDelivery to dropped': settleTo('dropped'),
    takeUnclear: (trx) => takeUnclear(trx, workspaceId, now, now, now),
    deferUnclear: (trx, row) =>
      deferUnclear(trx, workspaceId, { id: row.delivery_id, fence, answer: 'answer', retryAt: now }),
    dropLocked: (trx, row) => dropLocked(trx, workspaceId, [{ id: row.delivery_id, reason: 'reason' }], now),
    deferDelivery: (trx, row) => deferDelivery(trx, workspaceId, row.delivery_id, 'answer', now),
    dropDeliveriesOf: (trx) => dropDeliveriesOf(trx, workspaceId, 'Udana', 'reason', now),
    deferDeliveriesOf: (trx) => deferDeliveriesOf(trx, workspaceId, 'Udana', 'answer', now),
    foldDue: async (trx, row) => {
      await withYounger(trx, row);
      await foldDue(trx, workspaceId, now);
    },
  };

  /** Only these move a delivery at all, and where they do. */
  const moves: Record<string, string[]> = {
    recordIntent: ['pending → posting'],
    'settleDelivery to delivered': ['posting → delivered', 'uncertain → delivered'],
    'settleDelivery to uncertain': ['posting → uncertain'],
    'settleDelivery to pending': ['posting → pending', 'uncertain → pending'],
    'settleDelivery to dropped': ['pending → dropped', 'posting → dropped', 'uncertain → dropped'],
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
      await deferUnclear(trx, workspaceId, { id: row.delivery_id, fence, answer: 'answer', retryAt: later });
      expect(await takeUnclear(trx, workspaceId, now, now, now)).toEqual([]);
      expect(await takeUnclear(trx, workspaceId, now, later, now)).toHaveLength(1);
    });
  });

  async function occurrenceAfter(
    row: ReturnType<typeof occurrence>,
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
      const { state: to } = await occurrenceAfter(occurrence(from), work, as);
      if (to === from) continue;
      expect(mayBecome(from, to)).toBe(true);
      moved.push(`${from} → ${to}`);
    }
    expect(moved).toEqual(expected);
  });

  test.each([true, false])('closing in SQL ends like the rule in words (asked: %s)', async (asked) => {
    for (const from of ['planned', 'due'] as const) {
      const row = occurrence(from, asked);
      const after = await occurrenceAfter(row, (trx) => closeOverdue(trx, now, 10), 'planner');
      expect(after).toEqual(endAtClosing(row.asked_at));
    }
  });

  test.each<[string, Partial<ReturnType<typeof delivery>>]>([
    ['posting without an intent', { ...delivery('posting'), intent_at: null }],
    ['posting without a conversation', { ...delivery('posting'), channel: null }],
    ['uncertain without an intent', { ...delivery('uncertain'), intent_at: null }],
    ['delivered and not settled', { ...delivery('delivered'), settled_at: null }],
    ['pending and settled', { ...delivery('pending'), settled_at: past }],
    ['uncertain and settled', { ...delivery('uncertain'), settled_at: past }],
    ['dropped without a reason', { ...delivery('dropped'), reason: null }],
    ['folded without a reason', { ...delivery('folded'), reason: null }],
    ['of a state that does not exist', { ...delivery('pending'), state: 'lost' as DeliveryState }],
    ['to nobody that is known', { ...delivery('pending'), receiver_id: 'UNOBODY' }],
  ])('the database refuses a delivery that is %s', async (_name, row) => {
    const refused = database.inWorkspace(workspaceId, (trx) =>
      insert(trx, row as ReturnType<typeof delivery>),
    );
    await expect(refused).rejects.toThrow(/constraint/);
  });

  test.each(['key', 'post_key'] as const)(
    'the database refuses a second delivery of the same %s',
    async (column) => {
      const first = delivery('pending');
      const refused = database.inWorkspace(workspaceId, async (trx) => {
        await insert(trx, first);
        await insert(trx, { ...delivery('pending'), [column]: first[column] });
      });
      await expect(refused).rejects.toThrow(/unique/);
    },
  );

  test.each<[string, (row: ReturnType<typeof occurrence>) => Partial<ReturnType<typeof occurrence>>]>([
    ['done and not settled', () => ({ state: 'done', settled_at: null })],
    ['due and settled', () => ({ state: 'due', settled_at: past })],
    ['excused without a reason', () => ({ state: 'excused', settled_at: past, reason: null })],
    ['expired with a reason', () => ({ state: 'expired', settled_at: past, reason: 'reason' })],
    ['closed before it is due', (row) => ({ closes_at: row.due_at })],
    ['of a state that does not exist', () => ({ state: 'lost' as OccurrenceState })],
  ])('the database refuses an occurrence that is %s', async (_name, wrong) => {
    const row = occurrence('due');
    const refused = database.inWorkspace(workspaceId, (trx) =>
      trx
        .insertInto('occurrence')
        .values({ ...row, ...wrong(row) })
        .execute(),
    );
    await expect(refused).rejects.toThrow(/constraint/);
  });

  test('the database refuses a second occurrence of a cadence in the same period', async () => {
    const first = occurrence('planned');
    const refused = database.inWorkspace(workspaceId, async (trx) => {
      await trx.insertInto('occurrence').values(first).execute();
      await trx
        .insertInto('occurrence')
        .values({ ...occurrence('planned'), period: first.period })
        .execute();
    });
    await expect(refused).rejects.toThrow(/unique/);
  });

  test('the database refuses a second message of a delivery', async () => {
    const row = delivery('delivered');
    const refused = database.inWorkspace(workspaceId, async (trx) => {
      await insert(trx, row);
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
