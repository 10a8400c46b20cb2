import { afterEach, describe, expect, test } from 'vitest';
import { composers } from '#slack/features.ts';
import { markMessages } from '#storage/messages.ts';
import { databaseKinds, openTestDatabase } from '#test/database.ts';
import { countingTrips } from './counted.ts';
import { createEngine, type Stage, setStage } from './engine.ts';
import { delivered, edits } from './ledger.ts';
import { planMixedCards } from './mixed-cards.ts';

const open: Stage[] = [];
afterEach(async () => {
  for (const { slack, database } of open.splice(0)) {
    await slack.close();
    await database.close();
  }
});

/** How often a drain asks the database for the second wave, so that all conversations are open, and for its edits. */
async function tripsFor(
  cards: number,
  kind: (typeof databaseKinds)[number],
): Promise<{ posting: number; editing: number }> {
  const pairs = Array.from({ length: cards / 2 }, (_, number) => ({
    manager: `manager${number}`,
    rep: `rep${number}`,
  }));
  const stage = await setStage(await openTestDatabase(kind), { pairs });
  open.push(stage);
  const database = countingTrips(stage.database);
  const engine = createEngine({ ...stage, database, settings: { composers } });
  const tripsOfDrain = async (): Promise<number> => {
    const before = database.trips();
    await engine.drainOnce();
    return database.trips() - before;
  };
  const wave = async (at: string): Promise<number> => {
    engine.jumpTo(at);
    await planMixedCards(stage, pairs, new Date(at));
    return tripsOfDrain();
  };
  await wave('2026-03-03T12:00:00Z');
  const posting = await wave('2026-03-04T12:00:00Z');
  const sent = await delivered(stage);
  expect(sent).toHaveLength(2 * cards);
  const { workspaceId } = stage.slack;
  const latest = sent.slice(-cards).map((one) => one.delivery_id);
  await stage.database.inWorkspace(workspaceId, (trx) => markMessages(trx, workspaceId, latest));
  const editing = await tripsOfDrain();
  expect((await edits(stage)).map(({ state }) => state)).toEqual(new Array(cards).fill('done'));
  return { posting, editing };
}

describe.each(databaseKinds)('a batch of cards of every kind (%s)', (kind) => {
  test('costs at most three round trips for each, and hardly more for twice as many', async () => {
    const few = await tripsFor(10, kind);
    const many = await tripsFor(20, kind);
    for (const what of ['posting', 'editing'] as const) {
      expect(many[what] / 20).toBeLessThanOrEqual(3);
      expect(many[what]).toBeLessThan(few[what] * 1.25);
    }
  });
});
