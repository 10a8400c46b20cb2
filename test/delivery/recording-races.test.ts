import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Trx } from '#storage/database.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { markDone } from '#storage/occurrences.ts';
import { asked, type Stage } from './engine.ts';
import { occurrences } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

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
  test('a log that is not committed yet is waited for, and then shown', async () => {
    const stage = await setStage();
    const { faulty } = stage.slack;
    const method = how === 'posted' ? 'chat.postMessage' : 'conversations.history';
    if (how === 'found') {
      faulty.once('chat.postMessage', { kind: 'answer-lost' });
      await stage.engine.travelTo(asked);
      stage.clock.pass(60_000);
    }
    const hold = faulty.hold(method, 'answer');
    const draining = how === 'posted' ? stage.engine.travelTo(asked) : stage.engine.catchUp();
    await hold.untilHeld();

    const [occurrence] = await occurrences(stage);
    const log = logSlowly(stage, occurrence?.occurrence_id ?? '');
    await log.written;
    hold.release();
    expect(await untilSomebodyWaits(stage, draining)).toBe('waits');
    await log.commit();
    await draining;
    expect(await stage.slack.messagesTo('dana')).toMatchObject([{ text: 'Nothing is open.' }]);
  });
});

test('the planner passes over what is being recorded, and comes back with the next tick', async () => {
  const stage = await setStage();
  await stage.engine.travelTo(asked);
  const [occurrence] = await occurrences(stage);
  const gate = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const recording = stage.database.inWorkspace(stage.slack.workspaceId, async (trx) => {
    await sql`select 1 from occurrence where occurrence_id = ${occurrence?.occurrence_id} for no key update`.execute(
      trx,
    );
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
