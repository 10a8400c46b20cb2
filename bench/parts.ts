import type { Part } from './part.ts';
import { acknowledging } from './parts/acknowledging.ts';
import { draining } from './parts/draining.ts';
import { idle } from './parts/idle.ts';
import { limits } from './parts/limits.ts';
import { memory } from './parts/memory.ts';
import { people } from './parts/people.ts';
import { planning } from './parts/planning.ts';

/** What `npm run bench` runs, in this order. */
export const parts: Record<string, Part> = {
  planning,
  idle,
  draining,
  limits,
  acknowledging,
  memory,
  people,
};
