import { describe, expect, test } from 'vitest';
import { drain } from '#delivery/drain.ts';
import type { Draining } from '#delivery/settings.ts';
import { countedFor } from '#domain/slack-limits.ts';
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
