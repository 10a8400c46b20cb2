import { describe, expect, test } from 'vitest';
import { drain } from '#delivery/drain.ts';
import type { Hint } from '#delivery/queue.ts';
import type { Draining } from '#delivery/settings.ts';
import { countedFor } from '#domain/slack-limits.ts';
import { pauseWorkspace } from '#services/pause-workspace.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import { askedStage, log } from './changing.ts';
import { asked, callsOf, createEngine, type Stage, type StageOptions, tuesday, weekly } from './engine.ts';
import { due } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

const post = 'chat.postMessage';
const open = 'conversations.open';

/** Every manager's message is due at once; nobody has a conversation yet. */
async function wave(people: number, settings: StageOptions['settings'] = {}): Promise<Stage> {
  const pairs = Array.from({ length: people }, (_, number) => ({
    manager: `m${String(number).padStart(3, '0')}`,
    rep: `r${number}`,
    rule: weekly(4, number % 2 === 0 ? '16:00' : '15:59'),
  }));
  const stage = await setStage({ pairs, settings, now: tuesday });
  await stage.engine.delivery.tick();
  stage.engine.jumpTo(asked);
  return stage;
}

const drainingOf = ({ engine, slack }: Stage): Draining => ({
  context: engine.context,
  workspaceId: slack.workspaceId,
  unfinishedReads: new Map(),
  stopping: () => false,
  unwatched: false,
});

async function drainUntilStill(processes: Stage['engine'][]): Promise<void> {
  for (let moved = 1; moved > 0; ) {
    moved = 0;
    for (const process of processes) moved += await process.drainOnce();
  }
}

describe('Slack’s limits', () => {
  test('are shared by all processes, and what they hold back goes out when there is room', async () => {
    const stage = await wave(12, { limits: { [post]: 10 } });
    const other = createEngine({ ...stage, settings: { limits: { [post]: 10 } } });
    await drainUntilStill([stage.engine, other]);
    expect(callsOf(stage, post)).toBe(10);

    stage.clock.pass(countedFor - 101);
    await drainUntilStill([other, stage.engine]);
    expect(callsOf(stage, post)).toBe(10);
    stage.clock.pass(101);
    await drainUntilStill([other]);
    expect(callsOf(stage, post)).toBe(12);
    expect([...stage.slack.faulty.copiesByKey().values()]).toEqual(new Array(12).fill(1));
  });

  test('a drain that they stop says when it can go on', async () => {
    const stage = await wave(4, { limits: { [post]: 1 } });
    const { again } = await drain.posts(drainingOf(stage));
    const next = await drain.posts(drainingOf(stage));
    expect(callsOf(stage, post)).toBe(1);
    const wait = (next.again ?? again ?? 0) - stage.clock.machineNow();
    expect(wait).toBeGreaterThan(countedFor - 101);
    expect(wait).toBeLessThanOrEqual(countedFor);
  });

  test('hold for opening conversations too, and those that are open do not wait for the others', async () => {
    const stage = await wave(6, { limits: { [open]: 3 } });
    const opensAndPosts: [number, number][] = [];
    // The six reps are first: their questions are older. Those went out with a card, since their day is over.
    for (let minute = 0; minute < 4; minute += 1) {
      await drainUntilStill([stage.engine]);
      opensAndPosts.push([callsOf(stage, open), callsOf(stage, post)]);
      stage.clock.pass(countedFor);
    }
    expect(opensAndPosts).toEqual([
      [3, 0],
      [6, 0],
      [9, 3],
      [12, 6],
    ]);
  });

  test('of a message that nobody pressed the edit waits', async () => {
    const stage = await askedStage(setStage, { settings: { limits: { 'chat.update': 1 } } });
    await log(stage, 'sam');
    await stage.engine.catchUp();
    await log(stage, 'kim');
    await stage.engine.catchUp();
    expect(callsOf(stage, 'chat.update')).toBe(1);
    stage.clock.pass(countedFor);
    await stage.engine.catchUp();
    expect(callsOf(stage, 'chat.update')).toBe(2);
  });
});

describe('conversations for what is planned', () => {
  /** Six managers with a rep each, the first wave of them ahead, and somebody whom nobody asks anything. */
  async function planned(limit?: number) {
    const people = Array.from({ length: 6 }, (_, number) => number);
    const stage = await setStage({
      now: tuesday,
      start: false,
      pairs: [
        ...people.map((number) => ({ manager: `m${number}`, rep: `r${number}` })),
        { manager: 'nobody', rep: 'r0' },
      ],
      settings: limit === undefined ? {} : { limits: { [open]: limit } },
    });
    const { workspaceId, userId } = stage.slack;
    await stage.database.inWorkspace(workspaceId, (trx) =>
      trx.deleteFrom('cadence').where('asked_id', '=', userId('nobody')).execute(),
    );
    const hints: Hint[] = [];
    const queue = {
      start: async () => {},
      hint: async (given: readonly Hint[]) => void hints.push(...given),
      work: async () => {},
      stop: async () => {},
    };
    const engine = createEngine({ ...stage, queue, settings: stage.engine.context });
    await startWorkspace(engine.context, workspaceId);
    await engine.delivery.tick();
    return { stage: { ...stage, engine }, hints };
  }

  const until = async (stage: Stage): Promise<void> => {
    while ((await drain.ahead(drainingOf(stage))).moved > 0);
  };

  test('are opened as soon as it is planned, for whom it is planned, and the wave finds them', async () => {
    const { stage, hints } = await planned();
    expect(hints).toEqual([{ workspaceId: stage.slack.workspaceId, lane: 'ahead' }]);
    await until(stage);
    const opened = stage.slack.faulty.requests.map(({ body }) => body['users']);
    expect(opened).toHaveLength(12);
    expect(opened).not.toContain(stage.slack.userId('nobody'));
    expect(callsOf(stage, post)).toBe(0);

    await stage.engine.delivery.tick();
    expect(hints).toHaveLength(1);
    stage.engine.jumpTo(asked);
    await stage.engine.drainOnce();
    expect(callsOf(stage, open)).toBe(12);
    expect(callsOf(stage, post)).toBe(6);
  });

  test('leave half of what Slack allows to those that are due', async () => {
    const { stage } = await planned(9);
    await until(stage);
    expect(callsOf(stage, open)).toBe(4);
    const { again = 0 } = await drain.ahead(drainingOf(stage));
    expect(again - stage.clock.machineNow()).toBeGreaterThan(0);
    stage.engine.jumpTo(asked);
    await stage.engine.drainOnce();
    expect(callsOf(stage, open)).toBe(9);
    stage.clock.pass(countedFor);
    await stage.engine.drainOnce();
    expect(callsOf(stage, open)).toBe(12);
  });

  test('that cannot be opened are left until they are needed, and are no reason to drop anything', async () => {
    const { stage } = await planned();
    const { faulty, userId } = stage.slack;
    const ofOne = ({ body }: { body: Readonly<Record<string, unknown>> }) => body['users'] === userId('m0');
    faulty.once(open, { kind: 'not-ok', error: 'user_not_found', accepted: false }, ofOne);
    await until(stage);
    await until(stage);
    expect(faulty.requests.filter(ofOne)).toHaveLength(1);
    stage.engine.jumpTo(asked);
    await stage.engine.drainOnce();
    expect(faulty.requests.filter(ofOne)).toHaveLength(2);
    expect(await due(stage)).toMatchObject(new Array(6).fill({ state: 'delivered' }));
  });

  test('are opened by nobody in a pause', async () => {
    const { stage } = await planned();
    await pauseWorkspace(stage.engine.context, stage.slack.workspaceId);
    await until(stage);
    expect(callsOf(stage, open)).toBe(0);
  });
});

describe('a wave', () => {
  test('goes out in the order in which it fell due, a share at a time', async () => {
    const stage = await wave(130);
    let drains = 0;
    for (let again: number | undefined = 0; again !== undefined; drains += 1) {
      ({ again } = await drain.posts(drainingOf(stage)));
    }
    expect(callsOf(stage, post)).toBe(130);
    expect(drains).toBeGreaterThan(1);
    const rows = await due(stage);
    const shown = new Map(rows.map((row) => [row.post_key, row.due_at.getTime()]));
    const order = [...stage.slack.faulty.copiesByKey().keys()].map((key) => shown.get(key) ?? 0);
    expect(order).toHaveLength(130);
    expect(order.filter((at, index) => at < (order[index - 1] ?? 0))).toEqual([]);
  });

  test('does not keep anybody waiting for the answer to their press', async () => {
    const stage = await askedStage(setStage);
    const { slack, engine } = stage;
    const held = slack.faulty.hold(post);
    engine.jumpTo('2026-03-12T16:30:00Z');
    await engine.delivery.tick();
    const posting = drain.posts(drainingOf(stage));
    await slack.faulty.untilRequest(({ method }) => method === post);
    await log(stage, 'sam');
    await drain.edits(drainingOf(stage));
    expect(callsOf(stage, 'chat.update')).toBe(1);
    held.release();
    await posting;
  });
});
