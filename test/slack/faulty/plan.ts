import { hash } from 'node:crypto';
import type { Chance, Fault, FaultPlan } from './faults.ts';

/**
 * A number from 0 up to 1. It depends on the seed, the method and the number of the call only, so that calls
 * of different methods may interleave in any way and each method still meets the same faults in the same order.
 */
export function draw(seed: number, ...about: readonly (string | number)[]): number {
  const digest = hash('sha256', [seed, ...about].join(' '), 'buffer');
  return digest.readUInt32BE(0) / 2 ** 32;
}

export function checkPlan(plan: FaultPlan): FaultPlan {
  for (const [method, chances] of Object.entries(plan)) {
    const sum = chances.reduce((total, { probability }) => total + probability, 0);
    const sound = chances.every(({ probability }) => probability >= 0) && sum <= 1 + 1e-9;
    if (!sound) throw new RangeError(`Probabilities of ${method} must be positive and sum up to at most 1.`);
  }
  return plan;
}

export function plannedFault(
  plan: FaultPlan,
  seed: number,
  method: string,
  number: number,
): Fault | undefined {
  const chances: readonly Chance[] = plan[method] ?? plan['*'] ?? [];
  let left = draw(seed, method, number);
  for (const { probability, fault } of chances) {
    if (left < probability) return fault;
    left -= probability;
  }
  return undefined;
}
