import { describe, expect, test } from 'vitest';
import type { DeliverySettings } from '#delivery/settings.ts';
import { type TestClock, testClock } from './clock.ts';
import { asked, createEngine, monday, quarantine, type Stage } from './engine.ts';
import { frozenAfterIntent } from './frozen.ts';
import { onlyDue } from './ledger.ts';
import { slackKinds } from './slacks.ts';
import { stages } from './stages.ts';

interface Freeze {
  name: string;
  /** What its own clocks say of the time for which it stood still. */
  meanwhile(clock: TestClock): void;
}

const tooLong: Freeze[] = [
  { name: 'both clocks ran', meanwhile: (clock) => clock.pass(quarantine) },
  {
    name: 'the machine slept, so that monotonic time stood',
    meanwhile: (clock) => clock.setWall(quarantine),
  },
  { name: 'wall time was set back by as much', meanwhile: (clock) => clock.passUnseenByWall(quarantine) },
  { name: 'wall time was set back by a little', meanwhile: (clock) => clock.setWall(-1) },
];

/** Freezes a process after its intent, lets another one settle the matter, and thaws the first. */
async function freeze(
  stage: Stage,
  { meanwhile }: Freeze,
  settings: Partial<DeliverySettings> = {},
): Promise<void> {
  await stage.engine.travelTo('2026-03-05T16:29:59Z');
  const frozen = frozenAfterIntent(stage.database);
  const first = createEngine({
    ...stage,
    database: frozen.database,
    settings: { ...frozen.settings, ...settings },
  });
  first.jumpTo(asked);
  const done = first.catchUp();
  await frozen.untilFrozen;

  const other = createEngine({ ...stage, clock: testClock(monday, stage.clock.machineNow()) });
  other.jumpTo(asked);
  other.clock.pass(quarantine);
  await other.catchUp();
  expect(await stage.slack.messagesTo('dana')).toHaveLength(1);

  meanwhile(stage.clock);
  frozen.thaw();
  await done;
}

describe.each(slackKinds)('a process that is frozen after its intent to post to %s', (slack) => {
  const setStage = stages();

  test.each(tooLong)('and thawed when another has posted ($name): posts nothing', async (one) => {
    const stage = await setStage({ slack });
    await freeze(stage, one);
    expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', attempts: 2 });
  });

  test.each(tooLong)('control: without the fence the same ($name) makes two copies', async (one) => {
    const stage = await setStage({ slack });
    await freeze(stage, one, { mayStillPost: () => true });
    expect(await stage.slack.messagesTo('dana')).toHaveLength(2);
  });
});

describe('the fence', () => {
  const setStage = stages();

  /** Time passes while the message is composed, that is after the intent was formed. */
  async function postAfter(meanwhile: (clock: TestClock) => void): Promise<Stage> {
    const stage = await setStage();
    await stage.engine.travelTo('2026-03-05T16:29:59Z');
    const { composers } = stage.engine.context;
    let slow = true;
    const slowly = createEngine({
      ...stage,
      settings: {
        composers: {
          ...composers,
          prompt: (...given) => {
            if (slow) meanwhile(stage.clock);
            slow = false;
            return composers.prompt(...given);
          },
        },
      },
    });
    slowly.jumpTo(asked);
    await slowly.drainOnce();
    return stage;
  }

  test.each<Freeze>([
    { name: 'half the quarantine', meanwhile: (clock) => clock.pass(quarantine / 2) },
    { name: 'half by monotonic time alone', meanwhile: (clock) => clock.passUnseenByWall(quarantine / 2) },
    { name: 'half by wall time alone', meanwhile: (clock) => clock.setWall(quarantine / 2) },
    { name: 'wall time set back', meanwhile: (clock) => clock.setWall(-1) },
  ])('releases the delivery after $name: Slack hears nothing of it', async ({ meanwhile }) => {
    const stage = await postAfter(meanwhile);
    expect(stage.slack.faulty.requests.map(({ method }) => method)).not.toContain('chat.postMessage');
    expect(await onlyDue(stage)).toMatchObject({ state: 'pending', last_answer: 'released' });

    // It is nobody's now, and goes out without any quarantine.
    await stage.engine.catchUp();
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered' });
    expect(await stage.slack.messagesTo('dana')).toHaveLength(1);
  });

  test('lets through what comes a moment before half the quarantine', async () => {
    const stage = await postAfter((clock) => clock.pass(quarantine / 2 - 1));
    expect(await onlyDue(stage)).toMatchObject({ state: 'delivered', attempts: 1 });
  });
});
