import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Trx } from '#storage/database.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { markDone } from '#storage/occurrences.ts';
import { composeOpen, composers, composeToReps } from './composers.ts';
import { asked, createEngine, type Stage } from './engine.ts';
import { occurrences } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

/** The card of the working day before: the rep is asked. */
const questioned = '2026-03-04T23:00:00Z';

/** Resolves when somebody waits for a lock that another transaction holds, or when `done` is over without. */
async function untilSomebodyWaits({ database }: Stage, done: Promise<unknown>): Promise<'waits' | 'done'> {
  let over = false;
  void done.then(() => {
    over = true;
  });
  while (!over) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(database.owner);
    if ((rows[0]?.waiting ?? 0) > 0) return 'waits';
  }
  return 'done';
}

async function onlyOccurrence(stage: Stage): Promise<string> {
  const [occurrence] = await occurrences(stage);
  return occurrence?.occurrence_id ?? '';
}

/** Somebody logs, and does not commit before the gate opens. */
function logSlowly({ database, slack, clock }: Stage, occurrenceId: string) {
  const gate = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const logged = database.inWorkspace(slack.workspaceId, async (trx: Trx) => {
    await markDone(trx, slack.workspaceId, occurrenceId, new Date(clock.now()));
    await markMessagesOf(trx, slack.workspaceId, occurrenceId);
    written.resolve();
    await gate.promise;
  });
  const commit = (): Promise<void> => {
    gate.resolve();
    return logged;
  };
  return { written: written.promise, commit };
}

describe.each(['posted', 'found'] as const)('while a message that was %s is being recorded', (how) => {
  test.each([
    { whom: 'dana', at: asked },
    { whom: 'sam', at: questioned },
  ])('a log that is not committed yet is waited for, and then shown to $whom', async ({ whom, at }) => {
    const stage = await setStage({
      settings: { composers: { ...composers, card: composeToReps } },
    });
    const { faulty } = stage.slack;
    const isDue = (): boolean => stage.clock.now() === Date.parse(at);
    if (how === 'found') {
      faulty.once('chat.postMessage', { kind: 'answer-lost' }, isDue);
      await stage.engine.travelTo(at);
      stage.clock.pass(60_000);
    } else {
      await stage.engine.travelTo(new Date(Date.parse(at) - 1).toISOString());
    }
    const hold = faulty.hold(how === 'posted' ? 'chat.postMessage' : 'conversations.history', 'answer');
    stage.engine.jumpTo(at);
    const draining = stage.engine.catchUp();
    await hold.untilHeld();

    const log = logSlowly(stage, await onlyOccurrence(stage));
    await log.written;
    hold.release();
    expect(await untilSomebodyWaits(stage, draining)).toBe('waits');
    await log.commit();
    await draining;
    expect(await stage.slack.messagesTo(whom)).toMatchObject([{ text: 'Nothing is open.' }]);
  });
});

test('a change that is made while a message is being recorded waits until there is a message to mark', async () => {
  const stage = await setStage();
  await stage.engine.travelTo('2026-03-05T16:29:59Z');
  const recording = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let composed = 0;
  const engine = createEngine({
    ...stage,
    settings: {
      composers: {
        ...composers,
        prompt: async (...given) => {
          const content = await composeOpen(...given);
          composed += 1;
          if (composed === 2) {
            recording.resolve();
            await gate.promise;
          }
          return content;
        },
      },
    },
  });
  engine.jumpTo(asked);
  const draining = engine.catchUp();
  await recording.promise;

  const { workspaceId, userId } = stage.slack;
  const occurrenceId = await onlyOccurrence(stage);
  const changed = stage.database.inWorkspace(workspaceId, async (trx) => {
    await trx.updateTable('member').set({ name: 'samuel' }).where('user_id', '=', userId('sam')).execute();
    await markMessagesOf(trx, workspaceId, occurrenceId);
  });
  expect(await untilSomebodyWaits(stage, changed)).toBe('waits');
  gate.resolve();
  await Promise.all([changed, draining]);
  await engine.catchUp();
  expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Open: samuel' }]);
});

test('the planner passes over what is being recorded, and comes back with the next tick', async () => {
  const stage = await setStage();
  await stage.engine.travelTo(asked);
  const occurrenceId = await onlyOccurrence(stage);
  const gate = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const recording = stage.database.inWorkspace(stage.slack.workspaceId, async (trx) => {
    await sql`select 1 from occurrence where occurrence_id = ${occurrenceId} for no key update`.execute(trx);
    locked.resolve();
    await gate.promise;
  });
  await locked.promise;
  stage.engine.jumpTo('2026-03-12T16:00:00Z');
  expect(await stage.engine.delivery.tick()).toMatchObject({ expired: 0, excused: 0 });
  gate.resolve();
  await recording;
  expect(await stage.engine.delivery.tick()).toMatchObject({ expired: 1 });
  await stage.engine.catchUp();
  expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Nothing is open.' }]);
});

test('edits are recorded in the order in which they are marked, so that nobody who saves is turned away', async () => {
  const managers = Array.from({ length: 8 }, (_, number) => `manager${number}`);
  const stage = await setStage({ pairs: managers.map((manager) => ({ manager, rep: `${manager}rep` })) });
  await stage.engine.travelTo(asked);
  const { database, slack } = stage;
  const inOrder = await database.inWorkspace(slack.workspaceId, (trx) =>
    trx
      .selectFrom('message')
      .innerJoin('delivery_occurrence as link', 'link.delivery_id', 'message.delivery_id')
      .select('link.occurrence_id as id')
      .orderBy('message.message_id')
      .execute(),
  );
  const change = async (trx: Trx, occurrences: { id: string }[]): Promise<void> => {
    for (const { id } of occurrences) await markMessagesOf(trx, slack.workspaceId, id);
  };
  await database.inWorkspace(slack.workspaceId, async (trx) => {
    for (const { id } of inOrder) await markDone(trx, slack.workspaceId, id, new Date(stage.clock.now()));
    await change(trx, inOrder.toReversed());
  });
  const hold = slack.faulty.hold('chat.update', 'answer');
  const draining = stage.engine.catchUp();
  await hold.untilHeld();
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const saving = database.inWorkspace(slack.workspaceId, async (trx) => {
    await change(trx, inOrder.slice(0, 1));
    begun.resolve();
    await gate.promise;
    await change(trx, inOrder.slice(1));
  });
  await begun.promise;
  hold.release();
  expect(await untilSomebodyWaits(stage, draining)).toBe('waits');
  gate.resolve();
  await Promise.all([saving, draining]);
  for (const manager of managers) {
    expect(await slack.messagesTo(manager)).toMatchObject([{ text: 'Nothing is open.' }]);
  }
});
