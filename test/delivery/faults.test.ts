import { describe, expect, test } from 'vitest';
import { noTroubles, postFaults, withoutQueue } from '#test/faults/plans.ts';
import { type Figures, run, type Variant } from '#test/faults/run.ts';
import { chooseSeed } from '#test/faults/seed.ts';

const seed = chooseSeed();
const patience = 100;
const timeout = (patience + 20) * 1_000;

/** The short form of `npm run faults`; see docs/faults.md. */
function runShort(variant: Partial<Variant> & { name: string }): Promise<Figures> {
  const control = { workspaces: 15, managers: 4, minutes: 1 };
  return run(
    {
      size: control,
      speed: 30,
      replicas: 2,
      queue: false,
      faults: {},
      troubles: noTroubles,
      patience,
      ...variant,
    },
    seed,
  );
}

test(
  'replicas that are killed and frozen lose nothing and send nothing twice',
  async () => {
    const figures = await runShort({
      name: 'short',
      size: { workspaces: 30, managers: 4, minutes: 2 },
      replicas: 3,
      faults: postFaults,
      troubles: { ...withoutQueue, kill: 5, longMs: [3_200, 4_000], calmMs: [200, 1_000], calmPosts: 15 },
    });
    const sound = { lost: 0, duplicated: 0, unasked: 0, open: 0, notStanding: 0, crashes: 0, course: [] };
    expect(figures).toMatchObject({ ...sound, delivered: 120 });
    expect(figures.kills + figures.freezes).toBeGreaterThan(0);
  },
  timeout,
);

/** The third, a replica frozen after the fence, takes more posts to be found for certain: `npm run faults` has it. */
describe('controls, which the same count finds at fault', () => {
  const lostAnswers = { 'chat.postMessage': [{ probability: 0.4, fault: { kind: 'answer-lost' } }] } as const;
  const refusals = {
    'chat.postMessage': [{ probability: 0.4, fault: { kind: 'server-error', accepted: false } }],
  } as const;

  test(
    "the library's retries send twice",
    async () => {
      const figures = await runShort({
        name: 'retries',
        control: 'retry',
        faults: lostAnswers,
        untilFirstDuplicate: true,
      });
      expect(figures.duplicated).toBeGreaterThan(0);
    },
    timeout,
  );

  test(
    'posts marked as delivered before they are made get lost',
    async () => {
      const figures = await runShort({ name: 'marked', control: 'mark_before_post', faults: refusals });
      expect(figures.lost).toBeGreaterThan(0);
    },
    timeout,
  );
});
