import { describe, expect, test } from 'vitest';
import { testClock } from './clock.ts';
import { asked, createEngine, type Engine, monday, quarantine, type Stage } from './engine.ts';
import { frozenAfterIntent } from './frozen.ts';
import { due, onlyDue } from './ledger.ts';
import { slackKinds } from './slacks.ts';
import { stages } from './stages.ts';

const post = 'chat.postMessage';

/** Another process on the same database, with clocks of its own. */
function anotherProcess({ slack, database, clock }: Stage): Engine {
  const engine = createEngine({ clock: testClock(monday, clock.machineNow()), database, slack });
  engine.jumpTo(asked);
  return engine;
}

async function messages(stage: Stage) {
  return stage.database.inWorkspace(stage.slack.workspaceId, (trx) =>
    trx.selectFrom('message').select(['delivery_id', 'ts']).execute(),
  );
}

describe.each(slackKinds)('a process that dies while it posts to %s', (slack) => {
  const setStage = stages();

  test.each(['postgres', 'embedded'] as const)(
    'after the intent and before the post: another posts once the quarantine is over (%s)',
    async (database) => {
      const stage = await setStage({ slack, database });
      await stage.engine.travelTo('2026-03-05T16:29:59Z');
      const frozen = frozenAfterIntent(stage.database);
      const dying = createEngine({ ...stage, database: frozen.database, settings: frozen.settings });
      dying.jumpTo(asked);
      void dying.catchUp();
      await frozen.untilFrozen;
      expect(await onlyDue(stage)).toMatchObject({ state: 'posting' });

      const other = anotherProcess(stage);
      other.clock.pass(quarantine - 1_000);
      await other.catchUp();
      expect(await onlyDue(stage)).toMatchObject({ state: 'posting' });
      expect(await stage.slack.messagesTo('dana')).toEqual([]);

      other.clock.pass(1_000);
      await other.catchUp();
      expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', attempts: 2 });
      expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
    },
  );

  test('after the post and before its answer: another finds it, and a late answer changes nothing', async () => {
    const stage = await setStage({ slack });
    const hold = stage.slack.faulty.hold(post, 'answer');
    const dying = stage.engine.travelTo(asked);
    await hold.untilHeld();

    const other = anotherProcess(stage);
    other.clock.pass(quarantine);
    await other.catchUp();
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', last_answer: 'found_in_conversation' });
    const found = await messages(stage);

    hold.release();
    await dying;
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', last_answer: 'found_in_conversation' });
    expect(await messages(stage)).toEqual(found);
    expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
  });

  test('in the middle of a batch: every message of it stands once', async () => {
    const managers = ['ann', 'ben', 'cem', 'dan'];
    const stage = await setStage({
      slack,
      pairs: managers.map((manager) => ({ manager, rep: `${manager}sen` })),
    });
    await stage.engine.travelTo('2026-03-05T16:29:59Z');
    let posts = 0;
    const gate = Promise.withResolvers<void>();
    // The third is accepted, and whoever posted it hears nothing of it for long.
    stage.slack.faulty.once(post, { kind: 'slow', delay: gate.promise, before: 'answer' }, () => {
      posts += 1;
      return posts === 3;
    });
    stage.engine.jumpTo(asked);
    const dying = stage.engine.catchUp();
    await stage.slack.faulty.untilRequest(
      ({ method, accepted, waiting }) => method === post && accepted && waiting,
    );

    const other = anotherProcess(stage);
    other.clock.pass(quarantine);
    await other.catchUp();
    expect(await due(stage)).toMatchObject(new Array(4).fill({ state: 'delivered' }));
    for (const manager of managers) expect(await stage.slack.messagesTo(manager)).toHaveLength(1);

    // Not dead after all: what it had begun is settled, and what it had still to post is no longer its own.
    stage.clock.pass(quarantine);
    gate.resolve();
    await dying;
    expect(await due(stage)).toMatchObject(new Array(4).fill({ state: 'delivered' }));
    for (const manager of managers) expect(await stage.slack.messagesTo(manager)).toHaveLength(1);
  });

  test('with the database gone before the answer is recorded: found by the next', async () => {
    const stage = await setStage({ slack });
    const { database } = stage;
    let posted = false;
    const dying = createEngine({
      ...stage,
      database: {
        ...database,
        inWorkspace: (workspaceId, work) =>
          posted
            ? Promise.reject(new Error('the database is gone'))
            : database.inWorkspace(workspaceId, work),
      },
    });
    await dying.travelTo('2026-03-05T16:29:59Z');
    stage.slack.faulty.once(post, { kind: 'slow', delay: 0, before: 'answer' }, () => {
      posted = true;
      return true;
    });
    dying.jumpTo(asked);
    await expect(dying.catchUp()).rejects.toThrow('the database is gone');
    expect(await onlyDue(stage)).toMatchObject({ state: 'posting' });

    const other = anotherProcess(stage);
    other.clock.pass(quarantine);
    await other.catchUp();
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', last_answer: 'found_in_conversation' });
    expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
  });
});
