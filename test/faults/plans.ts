import type { FaultPlan } from '#test/slack/faulty-slack.ts';
import type { Troubles } from './fleet.ts';
import type { Stop } from './messages.ts';

/** Late enough to be looked for, and early enough for the quarantine: what was written by its half is there by then. */
const late = [50, 600] as const;

/** A fifth of all posts meet one of Slack's faults. */
const posts: FaultPlan[string] = [
  { probability: 0.05, fault: { kind: 'answer-lost' } },
  { probability: 0.02, fault: { kind: 'server-error', accepted: true } },
  { probability: 0.02, fault: { kind: 'server-error', accepted: false } },
  { probability: 0.01, fault: { kind: 'not-ok', error: 'fatal_error', accepted: true } },
  { probability: 0.02, fault: { kind: 'rate-limited', retryAfterSeconds: 1 } },
  { probability: 0.02, fault: { kind: 'accepted-late', after: late, client: 'reset' } },
  { probability: 0.01, fault: { kind: 'accepted-late', after: late, client: 'silence' } },
  { probability: 0.03, fault: { kind: 'reset' } },
  { probability: 0.02, fault: { kind: 'slow', delay: late, before: 'answer' } },
];

/** Few of what makes the product wait for half a minute: that is not scaled. */
export const allFaults: FaultPlan = {
  'chat.postMessage': posts,
  'conversations.history': [
    { probability: 0.03, fault: { kind: 'rate-limited', retryAfterSeconds: 1 } },
    { probability: 0.005, fault: { kind: 'server-error', accepted: false } },
    { probability: 0.005, fault: { kind: 'reset' } },
  ],
  '*': [
    { probability: 0.005, fault: { kind: 'rate-limited', retryAfterSeconds: 1 } },
    { probability: 0.005, fault: { kind: 'server-error', accepted: true } },
    { probability: 0.005, fault: { kind: 'reset' } },
  ],
};

export const postFaults: FaultPlan = { 'chat.postMessage': posts };

const everywhere: readonly Stop[] = [
  'planning',
  'before_transaction',
  'in_transaction',
  'after_commit',
  'before_fence',
  'between_fence_and_write',
  'after_write',
  'after_write',
];

/** A freeze must outlast the queue's heartbeat of ten seconds for somebody else to take the workspace meanwhile. */
export const troubles: Troubles = {
  kill: 4,
  short: 5,
  long: 2,
  atPoint: 5,
  points: everywhere,
  longMs: [3_500, 16_000],
  calmMs: [300, 2_500],
  calmPosts: 12,
};

/** Without the queue, to outlast the quarantine is enough. */
export const withoutQueue: Troubles = { ...troubles, longMs: [3_500, 7_000], calmMs: [300, 3_000] };

export const noTroubles: Troubles = {
  kill: 0,
  short: 0,
  long: 0,
  atPoint: 0,
  points: [],
  longMs: [0, 0],
  calmMs: [1_000, 1_000],
  calmPosts: 0,
  among: 0,
};

/** One stands still again and again; the others are there to take over. */
export const frozenAfterFence: Troubles = {
  ...noTroubles,
  atPoint: 1,
  points: ['between_fence_and_write'],
  longMs: [8_000, 9_000],
  calmMs: [0, 100],
  among: 1,
  fromTheStart: true,
};
