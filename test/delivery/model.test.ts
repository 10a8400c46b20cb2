import { expect, test } from 'vitest';
import { holdToModel } from '#test/faults/model-run.ts';
import { chooseSeed } from '#test/faults/seed.ts';

// The long form is test/faults/model.faults.ts.
test('whatever happens in whatever order, delivery does as the model says: 50 runs', async () => {
  const { runs, posts } = await holdToModel({ seed: chooseSeed(), runs: 50 });
  expect(runs).toBe(50);
  expect(posts).toBeGreaterThan(50);
}, 240_000);
