import { afterEach, describe, expect, test } from 'vitest';
import { composers } from '#slack/features.ts';
import { databaseKinds, openTestDatabase } from '#test/database.ts';
import { countingTrips } from './counted.ts';
import { createEngine, type Stage, setStage } from './engine.ts';
import { delivered } from './ledger.ts';
import { planMixedCards } from './mixed-cards.ts';

const open: Stage[] = [];
afterEach(async () => {
  for (const { slack, database } of open.splice(0)) {
    await slack.close();
    await database.close();
  }
});

/** How often the drain of a wave asks the database; the second wave, so that all conversations are open. */
async function tripsFor(cards: number, kind: (typeof databaseKinds)[number]): Promise<number> {
  const pairs = Array.from({ length: cards / 2 }, (_, number) => ({
    manager: `manager${number}`,
    rep: `rep${number}`,
  }));
  const stage = await setStage(await openTestDatabase(kind), { pairs });
  open.push(stage);
  const database = countingTrips(stage.database);
  const engine = createEngine({ ...stage, database, settings: { composers } });
  const wave = async (at: string): Promise<number> => {
    engine.jumpTo(at);
    await planMixedCards(stage, pairs, new Date(at));
    const before = database.trips();
    await engine.drainOnce();
    return database.trips() - before;
  };
  await wave('2026-03-03T12:00:00Z');
  const trips = await wave('2026-03-04T12:00:00Z');
  expect(await delivered(stage)).toHaveLength(2 * cards);
  return trips;
}

describe.each(databaseKinds)('a batch of cards of every kind (%s)', (kind) => {
  test('costs at most three round trips for each, and hardly more for twice as many', async () => {
    const few = await tripsFor(10, kind);
    const many = await tripsFor(20, kind);
    expect(many / 20).toBeLessThanOrEqual(3);
    expect(many).toBeLessThan(few * 1.25);
  });
});
