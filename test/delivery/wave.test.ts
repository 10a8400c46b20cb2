import { expect, test } from 'vitest';
import { markDone } from '#storage/occurrences.ts';
import { databaseKinds } from '#test/database.ts';
import { asked, weekly } from './engine.ts';
import { due, occurrences } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

/** More than one batch of them, which all are due at once; the first have nothing to be asked about any more. */
test.each(databaseKinds)('one drain sends a whole wave, however long (%s)', async (database) => {
  const early = Array.from({ length: 20 }, (_, number) => ({
    manager: `early${number}`,
    rep: `earlyrep${number}`,
  }));
  const later = Array.from({ length: 45 }, (_, number) => ({
    manager: `late${number}`,
    rep: `laterep${number}`,
  }));
  const stage = await setStage({
    database,
    pairs: [
      ...early.map((pair) => ({ ...pair, rule: weekly(4, '15:00') })),
      ...later.map((pair) => ({ ...pair, rule: weekly(4, '16:00') })),
    ],
  });
  const { slack, engine, clock } = stage;
  await engine.delivery.tick();
  const logged = (await occurrences(stage)).filter(({ about }) => about.startsWith('early'));
  await stage.database.inWorkspace(slack.workspaceId, async (trx) => {
    for (const { occurrence_id: id } of logged)
      await markDone(trx, slack.workspaceId, id, new Date(clock.now()));
  });

  await engine.travelTo('2026-03-05T15:29:59Z');
  engine.jumpTo(asked);
  await engine.drainOnce();
  const rows = await due(stage);
  expect(rows.filter(({ state }) => state === 'dropped')).toHaveLength(20);
  expect(rows.filter(({ state }) => state === 'delivered')).toHaveLength(45);
  expect([...slack.faulty.copiesByKey().values()]).toEqual(new Array(45).fill(1));
});
