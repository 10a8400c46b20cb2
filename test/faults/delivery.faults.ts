import { afterAll, describe, expect, test } from 'vitest';
import { tableOf } from './figures.ts';
import { allFaults, frozenAfterFence, noTroubles, postFaults, troubles, withoutQueue } from './plans.ts';
import { type Figures, run, type Variant } from './run.ts';
import { chooseSeed } from './seed.ts';

const seed = chooseSeed();
const all: Figures[] = [];
afterAll(() => console.log(`\n${tableOf(all)}\n`));

async function shown(variant: Variant): Promise<Figures> {
  const figures = await run(variant, seed);
  all.push(figures);
  console.log(tableOf([figures]));
  return figures;
}

/** Each was asked once, and the ledger says of each what is so. */
const sound = { lost: 0, duplicated: 0, unasked: 0, open: 0, notStanding: 0, crashes: 0, course: [] };

describe('replicas that are killed and frozen, before a Slack that loses answers', () => {
  test('lose nothing and send nothing twice: 2,100 deliveries over 60 workspaces', async () => {
    const figures = await shown({
      name: 'as it runs',
      size: { workspaces: 60, managers: 35, minutes: 20 },
      speed: 15,
      replicas: 3,
      queue: true,
      faults: allFaults,
      troubles,
      patience: 1_200,
    });
    expect(figures).toMatchObject({ ...sound, delivered: 2_100 });
    expect(figures.kills).toBeGreaterThan(0);
    expect(figures.freezes).toBeGreaterThan(0);
    expect(figures.uncertain).toBeGreaterThan(0);
  });

  test('nor do four that share every workspace, with no queue between them: 900 over 30', async () => {
    const figures = await shown({
      name: 'without the queue',
      size: { workspaces: 30, managers: 30, minutes: 10 },
      speed: 15,
      replicas: 4,
      queue: false,
      faults: allFaults,
      troubles: withoutQueue,
      patience: 900,
    });
    expect(figures).toMatchObject({ ...sound, delivered: 900 });
    expect(figures.kills).toBeGreaterThan(0);
    expect(figures.freezes).toBeGreaterThan(0);
  });
});

describe('controls, which the same count must find at fault: 300 deliveries over 30 workspaces', () => {
  const control = {
    size: { workspaces: 30, managers: 10, minutes: 3 },
    speed: 15,
    replicas: 3,
    queue: false,
    patience: 300,
  };

  test('posts repeated as the library does it where nobody says otherwise come twice', async () => {
    const figures = await shown({
      ...control,
      name: "control: the library's retries",
      control: 'retry',
      faults: postFaults,
      troubles: noTroubles,
    });
    expect(figures.duplicated).toBeGreaterThan(0);
    expect(figures.course).not.toEqual([]);
  });

  test('a post that is frozen between fence and write comes twice', async () => {
    const figures = await shown({
      ...control,
      name: 'control: frozen after the fence',
      control: 'frozen_after_fence',
      size: { ...control.size, minutes: 12 },
      replicas: 4,
      faults: {},
      troubles: { ...frozenAfterFence, among: 2 },
    });
    expect(figures.freezes).toBeGreaterThan(0);
    expect(figures.duplicated).toBeGreaterThan(0);
  });

  test('posts that are marked as delivered before they are made get lost', async () => {
    const figures = await shown({
      ...control,
      name: 'control: marked before posting',
      control: 'mark_before_post',
      faults: postFaults,
      troubles: noTroubles,
    });
    expect(figures.lost).toBeGreaterThan(0);
  });
});
