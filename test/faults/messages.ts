/** Where a replica can be made to stop. Between them it stops by signals from outside, at any moment. */
export const stops = [
  'planning',
  'before_transaction',
  'in_transaction',
  'after_commit',
  'before_fence',
  'between_fence_and_write',
  'after_write',
] as const;
export type Stop = (typeof stops)[number];

/** What a replica is told on its standard input, a line each: what to do when it next comes to a point. */
export interface Order {
  at: Stop | 'nowhere';
  do: 'freeze' | 'die';
  /** How long it will be frozen, in milliseconds. */
  ms: number;
}

/** What it tells on its descriptor 3. */
export type News = { ready: true } | { frozen: Stop; ms: number } | { thawed: Stop } | { dying: Stop };

export type Control = 'retry' | 'frozen_after_fence' | 'mark_before_post';

/** Its settings, as JSON in FAULTS_REPLICA. */
export interface ReplicaSettings {
  databaseUrl: string;
  apiUrl: string;
  /** Says "1" while the replica is between fence and write. */
  gapFile: string;
  quarantine: number;
  callTimeout: number;
  business: { start: number; origin: number; speed: number };
  /** Without the queue every replica drains every workspace, at the same time as the others. */
  queue: boolean;
  control: Control | undefined;
}
