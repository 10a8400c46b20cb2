import { describe, expect, test } from 'vitest';
import type { TestClock } from './clock.ts';
import { asked, createEngine, type Engine, type Pair, quarantine, type Stage, weekly } from './engine.ts';
import { due, occurrences, onlyDue } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

const hour = 3_600_000;
const post = 'chat.postMessage';
const jumps = [
  { name: 'forwards', by: hour },
  { name: 'back', by: -hour },
];

/** What leaves something behind that waits for machine time. */
const waits = [
  {
    name: 'a post that was refused for now',
    fault: { kind: 'not-ok', error: 'invalid_auth', accepted: false },
  },
  { name: 'a workspace that was told to wait', fault: { kind: 'rate-limited', retryAfterSeconds: 42 } },
  { name: 'a post whose answer was lost', fault: { kind: 'answer-lost' } },
  { name: 'a post that was lost on its way', fault: { kind: 'reset' } },
] as const;

/** Longer than any of these waits by itself. */
const wait = quarantine + 1_000;

describe.each(jumps)("a machine's wall clock that is set $name by an hour", ({ by }) => {
  test.each(waits)('keeps $name no longer than that, and sends it once', async ({ fault }) => {
    const stage = await setStage();
    const { clock, engine, slack } = stage;
    slack.faulty.once(post, fault);
    await engine.travelTo(asked);
    const { state } = await onlyDue(stage);
    expect(['pending', 'uncertain']).toContain(state);

    clock.setWall(by);
    clock.pass(wait + Math.max(0, -by));
    await engine.catchUp();
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered' });
    expect(await slack.messagesTo('dana')).toHaveLength(1);
  });

  test('holds up nothing that was not waiting', async () => {
    const stage = await setStage();
    stage.clock.setWall(by);
    await stage.engine.travelTo(asked);
    expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
  });

  test('between intent and post: posted by nobody then, and once in the end', async () => {
    const stage = await setStage();
    const { clock, slack } = stage;
    await stage.engine.travelTo('2026-03-05T16:29:59Z');
    let asks = 0;
    // The clock is read in the instant of writing: there it is another.
    const jumping: TestClock = {
      ...clock,
      machineNow: () => clock.machineNow() + (asks > 0 ? by : 0),
      monotonic: () => {
        asks += 1;
        return clock.monotonic();
      },
    };
    const engine = createEngine({ ...stage, clock: jumping });
    engine.jumpTo(asked);
    await engine.drainOnce();
    expect(asks).toBeGreaterThan(0);
    expect(await slack.messagesTo('dana')).toEqual([]);

    clock.setWall(by);
    clock.pass(wait + Math.max(0, -by));
    await stage.engine.catchUp();
    expect(await slack.messagesTo('dana')).toHaveLength(1);
  });
});

/** A process whose business time is off by what the test says, as where the clock of its machine is set. */
function withJumpingTime(stage: Stage): Engine & { setBusiness(by: number): void } {
  let off = 0;
  const engine = createEngine({
    ...stage,
    clock: { ...stage.clock, now: () => stage.clock.now() + off },
  });
  return {
    ...engine,
    setBusiness(by) {
      off += by;
    },
  };
}

describe('business time', () => {
  const managers = ['ann', 'ben', 'cem'];
  // Asked at 16:00, 16:30 and 17:00.
  const pairs: Pair[] = managers.map((manager, index) => ({
    manager,
    rep: `${manager}sen`,
    rule: weekly(4, ['15:30', '16:00', '16:30'][index] ?? ''),
  }));

  /** Lives on, looking every quarter of an hour. */
  async function live(engine: Engine, stage: Stage, until: string): Promise<void> {
    for (;;) {
      await engine.catchUp();
      if (stage.clock.now() >= Date.parse(until)) return;
      stage.clock.travelTo(stage.clock.now() + 15 * 60_000);
      stage.clock.pass(15 * 60_000);
    }
  }

  async function expectOneEach(stage: Stage): Promise<void> {
    for (const manager of managers) expect(await stage.slack.messagesTo(manager)).toHaveLength(1);
    expect(await due(stage)).toMatchObject(new Array(3).fill({ state: 'delivered' }));
    const periods = (await occurrences(stage)).filter(({ due_at: at }) => at.getTime() < stage.clock.now());
    expect(periods).toMatchObject(new Array(3).fill({ state: 'due', reason: null }));
  }

  test.each([
    { name: 'forwards for good', set: [hour] },
    { name: 'back for good', set: [-hour] },
    { name: 'forwards, and later back', set: [hour, -hour] },
    { name: 'back, and later forwards', set: [-hour, hour] },
  ])('that is set $name: everybody is asked once', async ({ set: [first = 0, second = 0] }) => {
    const stage = await setStage({ pairs });
    await stage.engine.travelTo('2026-03-05T15:45:00Z');
    const engine = withJumpingTime(stage);
    await live(engine, stage, '2026-03-05T16:15:00Z');
    expect(await stage.slack.messagesTo('ann')).toHaveLength(1);
    expect(await stage.slack.messagesTo('cem')).toEqual([]);

    engine.setBusiness(first);
    await live(engine, stage, '2026-03-05T16:40:00Z');
    engine.setBusiness(second);
    await live(engine, stage, '2026-03-05T18:15:00Z');
    await expectOneEach(stage);
  });

  test('that is an hour ahead of another process: what the one has asked the other does not ask again', async () => {
    const stage = await setStage({ pairs });
    await stage.engine.travelTo('2026-03-05T15:45:00Z');
    const ahead = withJumpingTime(stage);
    ahead.setBusiness(hour);
    for (let quarters = 0; quarters < 8; quarters += 1) {
      await ahead.catchUp();
      await stage.engine.catchUp();
      stage.clock.travelTo(stage.clock.now() + 15 * 60_000);
      stage.clock.pass(15 * 60_000);
    }
    await expectOneEach(stage);
  });
});
