import fc from 'fast-check';
import type { Model } from './model.ts';
import { people } from './model-people.ts';
import { observe } from './model-rules.ts';
import { actsAnew } from './model-verbs.ts';
import { processes, type World } from './model-world.ts';

export type Step = fc.AsyncCommand<Model, World>;

interface Command {
  name: string;
  may?(model: Model): boolean;
  run(model: Model, world: World): Promise<unknown>;
}

/** After each, what has come of it is looked at. */
export const step = ({ name, may = () => true, run }: Command): Step => ({
  check: may,
  async run(model, world) {
    actsAnew(model);
    await run(model, world);
    await observe(model, world);
  },
  toString: () => name,
});

export const minute = 60_000;
export const hour = 60 * minute;
export const anyProcess = fc.constantFrom(...processes);
export const anyManager = fc.constantFrom(
  ...people.filter(({ role }) => role === 'manager').map(({ id }) => id),
);
export const anyRep = fc.constantFrom(...people.filter(({ role }) => role === 'rep').map(({ id }) => id));
export const anybody = fc.constantFrom(...people.map(({ id }) => id));
export const anyNumber = fc.nat(30);

/** How often each comes, beside the others. */
export type Weighted = readonly (readonly [weight: number, command: fc.Arbitrary<Step>])[];
