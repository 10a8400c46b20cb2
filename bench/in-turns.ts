import { median } from './figures.ts';

const warmUps = 3;

/** What each of two takes in milliseconds, done by turns: whatever else the machine does strikes both. */
export async function inTurns(
  times: number,
  one: (turn: number) => Promise<unknown>,
  other: (turn: number) => Promise<unknown>,
): Promise<[one: number, other: number]> {
  const took: [number[], number[]] = [[], []];
  for (let turn = -warmUps; turn < times; turn += 1) {
    const [first, second] = [await milliseconds(() => one(turn)), await milliseconds(() => other(turn))];
    // The first few make plans and connections.
    if (turn < 0) continue;
    took[0].push(first);
    took[1].push(second);
  }
  return [median(took[0]), median(took[1])];
}

export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
