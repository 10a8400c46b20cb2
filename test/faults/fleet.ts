import { setTimeout as pause } from 'node:timers/promises';
import { draw } from '#test/slack/faulty/plan.ts';
import type { Stop } from './messages.ts';
import { type Replica, startReplica } from './replica-process.ts';

/** What is done to the replicas, and how often; weights. */
export interface Troubles {
  /** kill −9, at any moment or at a point. */
  kill: number;
  /** Frozen for less than the quarantine, at any moment. */
  short: number;
  /** Frozen for longer, at any moment but between fence and write. */
  long: number;
  /** Frozen at a point: briefly between fence and write, for long elsewhere. */
  atPoint: number;
  points: readonly Stop[];
  longMs: readonly [from: number, to: number];
  /** Between two troubles of one replica; and no sooner than so many posts have been accepted since, of anybody. */
  calmMs: readonly [from: number, to: number];
  calmPosts: number;
  /** So many of the replicas have troubles; all of them where nothing is said. */
  among?: number;
  /** They begin before a replica is ready. */
  fromTheStart?: true;
}

export interface Counts {
  kills: number;
  freezes: number;
  /** Replicas that ended without being told to. */
  crashes: number;
}

export interface Fleet {
  counts: Counts;
  /** No more troubles; who is frozen is thawed in its time. Then all still run. */
  calm(): Promise<void>;
  stop(): Promise<void>;
}

const shortMs = [200, 2_700] as const;
const patience = 20_000;

/** Replicas under troubles that the seed decides about: each has its own course of them. */
export function startFleet(given: {
  replicas: number;
  seed: number;
  quarantine: number;
  troubles: Troubles;
  /** How many posts Slack has accepted. */
  accepted: () => number;
  settings: (gapFile: string) => string;
}): Fleet {
  const { seed, troubles, quarantine, accepted } = given;
  const counts: Counts = { kills: 0, freezes: 0, crashes: 0 };
  const running = new Set<Replica>();
  const over = new AbortController();

  async function live(name: number): Promise<void> {
    const chance = (...about: (string | number)[]) => draw(seed, 'replica', name, ...about);
    const between = ([from, to]: readonly [number, number], ...about: (string | number)[]) =>
      from + (to - from) * chance(...about);
    let replica = start();
    for (let turn = 1; !over.signal.aborted; turn += 1) {
      if (!troubles.fromTheStart) await Promise.race([replica.ready, replica.gone, ended(over.signal)]);
      await Promise.race([rest(between(troubles.calmMs, turn, 'calm')), replica.gone]);
      await Promise.race([someWork(), replica.gone]);
      if (over.signal.aborted) return;
      if (replica.isGone()) counts.crashes += 1;
      else if (name <= (troubles.among ?? given.replicas)) await trouble(replica, turn);
      if (!replica.isGone()) continue;
      running.delete(replica);
      await rest(between([0, 1_500], turn, 'down'));
      replica = start();
    }

    /** On a busy machine troubles alone would pass the time. What never gets on has them all the same. */
    async function someWork(): Promise<void> {
      const wanted = accepted() + troubles.calmPosts;
      for (let waited = 0; waited < patience && accepted() < wanted; waited += 100) {
        if (over.signal.aborted) return;
        await pause(100);
      }
    }

    async function trouble(one: Replica, at: number): Promise<void> {
      const { kill, short, long, atPoint, points, longMs } = troubles;
      const point = points[Math.floor(chance(at, 'point') * points.length)];
      const ms = between(longMs, at, 'long');
      let left = chance(at, 'kind') * (kill + short + long + atPoint);
      left -= kill;
      if (left < 0) {
        const told = chance(at, 'told') < 0.5 && point !== undefined;
        if (!told || !(await one.order({ at: point, do: 'die', ms }, 3_000))) await one.kill();
        counts.kills += 1;
        return;
      }
      left -= short;
      if (left < 0) await one.freeze(between(shortMs, at, 'short'), quarantine / 2);
      else if (left - long < 0) await one.freeze(ms, quarantine / 2);
      else if (point === undefined || !(await one.order({ at: point, do: 'freeze', ms }, 4_000))) return;
      counts.freezes += 1;
    }
  }

  function start(): Replica {
    const replica = startReplica(given.settings);
    running.add(replica);
    return replica;
  }

  /** Ends early when the run is over. */
  const rest = (ms: number): Promise<unknown> => Promise.race([pause(ms), ended(over.signal)]);

  const lives = Array.from({ length: given.replicas }, (_, index) => live(index + 1));
  return {
    counts,
    async calm() {
      over.abort();
      await Promise.all(lives);
    },
    async stop() {
      over.abort();
      await Promise.all([...running].map((replica) => replica.kill()));
      await Promise.all(lives);
    },
  };
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
