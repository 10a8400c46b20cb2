import { people } from './model-people.ts';
import type { StoredPost } from './model-slack.ts';

/** An instant of business time from which something holds. */
type Since = number;

/** What may be said of the product without looking into it. */
export interface Model {
  started: boolean;
  paused: Since | undefined;
  inactive: Map<string, Since>;
  away: { personId: string; firstDay: string; lastDay: string; since: Since }[];
  managerOf: Map<string, string>;
  lastChangeOfManager: Since;
  /** Whoever acts: each command somebody new, unless it thaws somebody. */
  actor: number;
  actors: number;
  /** Who stands still, the longest first. */
  frozen: number[];
  /** Who has written the latest intent to post a key. */
  takers: Map<string, number>;
  /** Rows as the latest step left them, by id. */
  states: Map<string, { state: string; name: string; fence: number | null }>;
  names: Set<string>;
  /** Occurrences that have been moved: what was asked before was asked for another moment. */
  moved: Set<string>;
  /** How often the intent to post each key was written down, and the kind and receiver of the message. */
  intents: Map<string, { times: number; name: string }>;
  /** Posts that have been looked at. */
  seen: StoredPost[];
}

export const newModel = (started: boolean): Model => ({
  started,
  paused: undefined,
  inactive: new Map(),
  away: [],
  managerOf: new Map(
    people.flatMap(({ id, managerId }) => (managerId === undefined ? [] : [[id, managerId]])),
  ),
  lastChangeOfManager: 0,
  actor: 0,
  actors: 0,
  frozen: [],
  takers: new Map(),
  states: new Map(),
  names: new Set(),
  moved: new Set(),
  intents: new Map(),
  seen: [],
});

/** A rule that the product has broken. */
export function broken(rule: string, ...about: unknown[]): never {
  throw new Error([rule, ...about.map((one) => JSON.stringify(one))].join('\n  '));
}
