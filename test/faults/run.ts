import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';
import type { FaultPlan } from '#test/slack/faulty-slack.ts';
import { countStanding, examineLedger, explain } from './count.ts';
import { type Counts, startFleet, type Troubles } from './fleet.ts';
import { type ManySlacks, startManySlacks } from './many-slacks.ts';
import type { Control, ReplicaSettings } from './messages.ts';
import { asksOf, type Size, settle, start, teamsOf } from './teams.ts';
import { countUncertain, keepTrace } from './trace.ts';

export interface Variant {
  name: string;
  size: Size;
  /** Business time passes so many times as fast as the machine's. */
  speed: number;
  replicas: number;
  queue: boolean;
  control?: Control;
  faults: FaultPlan;
  troubles: Troubles;
  /** After so many seconds it is counted as it is. */
  patience: number;
  /** A control need not go on once it has been found at fault. */
  untilFirstDuplicate?: true;
}

export interface Figures extends Counts {
  name: string;
  deliveries: number;
  posts: number;
  lost: number;
  duplicated: number;
  unasked: number;
  /** How many deliveries were uncertain for a while. */
  uncertain: number;
  seconds: number;
  seed: number;
  /** Deliveries that are due and have no end. */
  open: number;
  delivered: number;
  /** Delivered, says the ledger, and not in Slack where it says. */
  notStanding: number;
  /** How long the Slack of the run stood still itself, in milliseconds: what it shows so much later may be its own fault. */
  stall: number;
  /** The course of every message that stands twice. */
  course: string[];
}

/** A sixtieth and a twentieth of what they are, as the ticks are. */
const quarantine = 3_000;
const callTimeout = 800;

export async function run(variant: Variant, seed: number): Promise<Figures> {
  const teams = teamsOf(variant.size);
  const database = await openTestDatabase('postgres');
  const slacks = await startManySlacks(teams, seed, variant.faults);
  const lag = monitorEventLoopDelay({ resolution: 10 });
  try {
    await keepTrace(database);
    await settle(database, teams);
    const began = Date.now();
    lag.enable();
    const business = { start, origin: began, speed: variant.speed };
    const fleet = startFleet({
      replicas: variant.replicas,
      seed,
      quarantine,
      troubles: variant.troubles,
      accepted: () => slacks.accepted(),
      settings: (gapFile) =>
        JSON.stringify({
          databaseUrl: database.url ?? '',
          apiUrl: slacks.faulty.apiUrl,
          gapFile,
          quarantine,
          callTimeout,
          business,
          queue: variant.queue,
          control: variant.control,
        } satisfies ReplicaSettings),
    });
    const businessNow = (): number => start + (Date.now() - began) * variant.speed;
    try {
      const asks = asksOf(teams);
      await until(began + variant.patience * 1_000, async () => {
        if (variant.untilFirstDuplicate && countStanding(asks, slacks.standing()).duplicated > 0) return true;
        return isSettled(database, asks.length, businessNow());
      });
      await fleet.calm();
      // Whoever was thawed last may still have something to post.
      await pause(1_500);
      await slacks.faulty.untilSettled();
    } finally {
      await fleet.stop();
    }
    const seconds = Math.round((Date.now() - began) / 1_000);
    const counted = await count(variant, { teams, slacks, database, businessNow: businessNow() });
    const stall = Math.round(lag.max / 1e6);
    return { ...counted, ...fleet.counts, seconds, seed, stall };
  } finally {
    lag.disable();
    await slacks.close();
    await database.close();
  }
}

async function until(end: number, isOver: () => Promise<boolean>): Promise<void> {
  while (Date.now() < end && !(await isOver())) await pause(250);
}

async function isSettled({ owner }: TestDatabase, wanted: number, businessNow: number): Promise<boolean> {
  const { begun, open } = await owner
    .selectFrom('delivery')
    .select(({ fn, eb }) => [
      fn.countAll<number>().as('begun'),
      fn
        .countAll<number>()
        .filterWhere(eb('state', 'in', ['pending', 'posting', 'uncertain']))
        .as('open'),
    ])
    .where('due_at', '<=', new Date(businessNow))
    .executeTakeFirstOrThrow();
  return begun >= wanted && open === 0;
}

async function count(
  { name }: Variant,
  given: {
    teams: ReturnType<typeof teamsOf>;
    slacks: ManySlacks;
    database: TestDatabase;
    businessNow: number;
  },
) {
  const { teams, slacks, database, businessNow } = given;
  const asks = asksOf(teams);
  const standing = slacks.standing();
  const { lost, duplicated, unasked, keysTwice } = countStanding(asks, standing);
  const ledger = await examineLedger(database, standing, businessNow);
  return {
    name,
    deliveries: asks.length,
    posts: slacks.faulty.accepted('chat.postMessage').length,
    lost,
    duplicated,
    unasked,
    uncertain: await countUncertain(database),
    open: ledger.open.length,
    delivered: ledger.delivered,
    notStanding: ledger.notStanding,
    course: await explain(database, standing, keysTwice),
  };
}
