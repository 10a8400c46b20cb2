import { describe, expect, test } from 'vitest';
import { plan } from '#delivery/planner.ts';
import { nextPlanned } from '#services/next-planned.ts';
import { insertCadence } from '#storage/cadences.ts';
import { type DatabaseKind, databaseKinds, openTestDatabase } from '#test/database.ts';
import { testClock } from './clock.ts';
import { withCards } from './composers.ts';
import { asked, monday, type Pair, type Stage, settle, tuesday, weekly } from './engine.ts';
import { deliveries, occurrences } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

const inSlack = { workspaceId: 'T1', botUserId: 'UBOT', userId: (name: string) => `U${name}` };

const inUtc = { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5] };

/** Many pairs, planned by several planners at once. */
async function planConcurrently(kind: DatabaseKind, planners: number, managers: number, reps: number) {
  const database = await openTestDatabase(kind);
  const clock = testClock(monday);
  const pairs: Pair[] = [];
  for (let manager = 0; manager < managers; manager += 1) {
    for (let rep = 0; rep < reps; rep += 1) {
      // By the time of day, so that each planner's share has a rep of every manager: all share every message.
      const time = `${String(8 + Math.floor(rep / 6)).padStart(2, '0')}:${(rep % 6) * 10 || '00'}`;
      pairs.push({ manager: `m${manager}`, rep: `m${manager}r${rep}`, rule: weekly(4, time) });
    }
  }
  await settle({ database, clock }, inSlack, pairs);
  await database.inWorkspace(inSlack.workspaceId, async (trx) => {
    const cadences = await trx.selectFrom('cadence').select(['cadence_id', 'rule']).execute();
    for (const { cadence_id, rule } of cadences) {
      if (rule === null) throw new Error('a 1:1 without a rule');
      const next = nextPlanned({ rule, ...inUtc }, clock.now());
      await trx
        .updateTable('cadence')
        .set({ next_period: next.period, next_due_at: next.dueAt, plan_at: next.planAt })
        .where('cadence_id', '=', cadence_id)
        .execute();
    }
  });
  const planned = await Promise.all(Array.from({ length: planners }, () => plan({ database, clock })));
  const links = await database.inWorkspace(inSlack.workspaceId, (trx) =>
    trx
      .selectFrom('delivery_occurrence as link')
      .innerJoin('delivery as d', 'd.delivery_id', 'link.delivery_id')
      .where('d.kind', '=', 'prompt')
      .select(['link.occurrence_id', 'link.delivery_id', 'd.receiver_id', 'd.due_at'])
      .execute(),
  );
  const rows = await occurrences({ database, slack: inSlack });
  await database.close();
  return { planned, links, rows };
}

describe('several planners at once', () => {
  test('plan every occurrence once on PostgreSQL, and every manager gets one message for the day', async () => {
    // More than one planner takes at once, so that another has a share in any case.
    const managers = 90;
    const { planned, links, rows } = await planConcurrently('postgres', 4, managers, 24);
    expect(planned.filter(({ counts }) => counts.occurrences > 0).length).toBeGreaterThan(1);
    expect(planned.reduce((sum, { counts }) => sum + counts.occurrences, 0)).toBe(managers * 24);
    expect(new Set(rows.map(({ about, period }) => `${about} ${period}`)).size).toBe(rows.length);
    expect(rows).toHaveLength(managers * 24);

    expect(new Set(links.map((link) => link.occurrence_id)).size).toBe(managers * 24);
    expect(links).toHaveLength(managers * 24);
    expect(new Set(links.map((link) => link.delivery_id)).size).toBe(managers);
    // The last of the day is at 11:50.
    expect(new Set(links.map((link) => link.due_at.toISOString()))).toEqual(
      new Set(['2026-03-05T12:20:00.000Z']),
    );
  });

  test('plan every occurrence once on the embedded database', async () => {
    const { planned, links, rows } = await planConcurrently('embedded', 3, 5, 4);
    expect(planned.reduce((sum, { counts }) => sum + counts.occurrences, 0)).toBe(20);
    expect(rows).toHaveLength(20);
    expect(new Set(links.map((link) => link.delivery_id)).size).toBe(5);
  });
});

describe.each(databaseKinds)('planning (%s)', (database) => {
  test('1:1s of one day share a message, due when the last of them is over; another day has its own', async () => {
    const stage = await setStage({
      database,
      pairs: [
        { manager: 'dana', rep: 'sam', rule: weekly(4, '10:00') },
        { manager: 'dana', rep: 'kim', rule: weekly(4, '15:30') },
        { manager: 'dana', rep: 'lee', rule: weekly(4, '14:00') },
        { manager: 'dana', rep: 'max', rule: weekly(5, '09:00') },
      ],
    });
    await stage.engine.travelTo('2026-03-05T15:59:59Z');
    expect(await stage.slack.messagesTo('dana')).toEqual([]);
    await stage.engine.travelTo('2026-03-05T16:00:00Z');
    expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Open: kim, lee, sam' }]);
    await stage.engine.travelTo('2026-03-06T12:00:00Z');
    expect(await stage.slack.messagesTo('dana')).toMatchObject([
      { text: 'Open: kim, lee, sam' },
      { text: 'Open: max' },
    ]);
  });
});

describe('a pair that is added later', () => {
  async function add(stage: Stage, rep: string, time: string): Promise<void> {
    const { slack, database, clock } = stage;
    const rule = weekly(4, time);
    const cadence = {
      workspaceId: slack.workspaceId,
      kind: 'one_on_one',
      askedId: slack.userId('dana'),
    } as const;
    await database.inWorkspace(slack.workspaceId, (trx) =>
      insertCadence(
        trx,
        { ...cadence, id: crypto.randomUUID(), aboutId: slack.userId(rep), rule },
        nextPlanned({ rule, ...inUtc }, clock.now()),
      ),
    );
  }

  const pairs: Pair[] = [
    { manager: 'dana', rep: 'sam' },
    { manager: 'other', rep: 'kim' },
  ];

  test('joins the message of its day while that waits, and moves it', async () => {
    const stage = await setStage({ pairs });
    await stage.engine.travelTo('2026-03-04T08:00:00Z');
    await add(stage, 'kim', '17:00');
    await stage.engine.travelTo(asked);
    expect(await stage.slack.messagesTo('dana')).toEqual([]);
    await stage.engine.travelTo('2026-03-05T17:30:00Z');
    expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Open: kim, sam' }]);
  });

  test('comes on the next card once the message of its day has gone out', async () => {
    const stage = await setStage({ pairs, settings: { composers: withCards } });
    await stage.engine.travelTo(asked);
    await add(stage, 'kim', '17:00');
    await stage.engine.travelTo('2026-03-05T22:59:00Z');
    expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Open: sam' }]);
    await stage.engine.travelTo('2026-03-05T23:00:00Z');
    expect(await stage.slack.messagesTo('dana')).toMatchObject([
      { text: 'Open: sam' },
      { text: 'Open: kim' },
    ]);
  });
});

describe('a tick', () => {
  test('hints at every workspace that has something to send, and at no other', async () => {
    const stage = await setStage();
    await stage.engine.delivery.tick();
    expect(stage.engine.hints).toEqual([]);
    stage.engine.jumpTo(asked);
    await stage.engine.delivery.tick();
    expect(stage.engine.hints).toEqual([stage.slack.workspaceId]);
    expect(stage.engine.delivery.lastTick()).toBe(stage.clock.monotonic());
  });

  test('repeats a hint that was lost, until there is nothing left to send', async () => {
    const stage = await setStage({ now: tuesday });
    await stage.engine.travelTo('2026-03-05T16:29:59Z');
    stage.engine.jumpTo(asked);
    for (let tick = 1; tick <= 3; tick += 1) {
      await stage.engine.delivery.tick();
      expect(stage.engine.hints).toHaveLength(tick);
    }
    while ((await stage.engine.drainOnce()) > 0);
    await stage.engine.delivery.tick();
    expect(stage.engine.hints).toHaveLength(3);
    expect((await deliveries(stage)).filter(({ state }) => state === 'delivered')).toHaveLength(1);
  });

  test('hints for an unclear post only when its quarantine is over', async () => {
    const stage = await setStage();
    stage.slack.faulty.once('chat.postMessage', { kind: 'answer-lost' });
    await stage.engine.travelTo(asked);
    await stage.engine.delivery.tick();
    expect(stage.engine.hints).toEqual([]);
    stage.clock.pass(60_000);
    await stage.engine.delivery.tick();
    expect(stage.engine.hints).toEqual([stage.slack.workspaceId]);
  });

  test('is not overtaken by the next', async () => {
    const stage = await setStage();
    const [first, second] = [stage.engine.delivery.tick(), stage.engine.delivery.tick()];
    expect(second).toBe(first);
    expect(await first).toMatchObject({ occurrences: 1 });
  });
});
