import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';
import type { DatabaseKind } from '#test/database.ts';
import { begins, channels, strangers, team, userGroups } from '#test/features/every-form.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { type AgreeingSlack, startAgreeingSlack } from './agreeing-slack.ts';
import { forged } from './forged.ts';
import type { Random } from './random.ts';
import { allRows, changedRows, idsIn, peopleIn } from './rows.ts';
import { gatherSeeds, marker, type Seed } from './seeds.ts';
import { sender } from './send.ts';

/** People who have no part in what Dana tells of Sam, by whose records are theirs to change. */
const circles = [['Nora New'], ['Max Berg', 'Lee Grant'], ['Ana Lima', 'Dana Whitfield']].map((names) =>
  names.map(userId),
);
const without = ['Nora New', 'Max Berg', 'Lee Grant', 'Ana Lima'].map(userId);
const withRight = ['Ellen Park', 'Dana Whitfield', 'Sam Rivera', 'Vera Stone'].map(userId);

export interface Fuzz {
  world: World;
  seeds: readonly Seed[];
  run(payloads: number, random: Random): Promise<Count>;
  close(): Promise<void>;
}

export interface Count {
  payloads: number;
  seconds: number;
  statuses: Record<string, number>;
  /** Requests that found no answer, and what was thrown where nobody caught it. */
  crashes: string[];
  /** What the log calls an error, each kind once, with an example of what caused it. */
  errors: Map<string, number>;
  writtenWithoutRight: string[];
  told: string[];
  /** MB after collecting: at a tenth of the way, and at the end. */
  heap: [number, number];
}

export async function startFuzz(options: { database: DatabaseKind; forms: number }): Promise<Fuzz> {
  const errors = new Map<string, number>();
  const slacks: AgreeingSlack[] = [];
  const world = await startWorld({
    database: options.database,
    now: begins,
    team,
    strangers,
    channels,
    userGroups,
    start: false,
    log: countingErrors(errors),
    async apiUrl(direct) {
      const slack = await startAgreeingSlack(direct);
      slacks.push(slack);
      return slack.apiUrl;
    },
  });
  const [slack] = slacks as [AgreeingSlack];
  const seeds = await gatherSeeds(world, options.forms);
  await world.slack.settled();
  errors.clear();
  return {
    world,
    seeds,
    run: (payloads, random) => run({ world, slack, seeds, errors }, payloads, random),
    async close() {
      await world.close();
      await slack.close();
    },
  };
}

type Running = { world: World; slack: AgreeingSlack; seeds: readonly Seed[]; errors: Map<string, number> };

/** Nine tenths by people without a right to it, and then some by those who have one. */
async function run(
  { world, slack, seeds, errors }: Running,
  payloads: number,
  random: Random,
): Promise<Count> {
  const started = Date.now();
  const count: Count = {
    payloads,
    seconds: 0,
    statuses: {},
    crashes: [],
    errors,
    writtenWithoutRight: [],
    told: [],
    heap: [0, 0],
  };
  const crash = (error: unknown): void => void count.crashes.push(String((error as Error).stack ?? error));
  process.on('unhandledRejection', crash);
  process.on('uncaughtException', crash);
  const atOnce = 8;
  const { send, close } = sender(world.application.port, atOnce);
  const responseUrl = slack.responseUrl;
  const before = await allRows(world);
  const ids = idsIn(before);
  let sent = 0;

  async function sendAs(actors: readonly string[], until: number, events: boolean): Promise<void> {
    // Of people Slack itself tells, and it is believed.
    const chosen = events ? seeds : seeds.filter(({ kind, name }) => kind !== 'event' || byPerson.test(name));
    const one = async (): Promise<void> => {
      while (sent < until) {
        sent += 1;
        const wire = forged({ seeds: chosen, actors, ids, responseUrl }, random);
        try {
          const { status, text } = await send(wire);
          count.statuses[status] = (count.statuses[status] ?? 0) + 1;
          if (status >= 500)
            count.crashes.push(
              `${status} to ${wire.name}: ${wire.type} ${wire.body.toString().slice(0, 4000)}`,
            );
          if (!events && text.includes(marker)) count.told.push(`the answer to ${wire.name}`);
        } catch (error) {
          crash(error);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  }

  slack.agree(({ method, body }) => {
    const isTheirs = method !== 'views.publish' || without.some((id) => body.includes(`user_id=${id}`));
    if (isTheirs && !method.startsWith('chat.') && body.includes(marker))
      count.told.push(`${method}: ${body}`);
  });
  await sendAs(without, Math.floor(payloads / 10), false);
  count.heap[0] = heapInMB();
  await sendAs(without, Math.floor(payloads * 0.9), false);
  for (const { table, row } of changedRows(before, await allRows(world))) {
    const about = peopleIn(row);
    const isTheirs = circles.some((circle) => about.every((id) => circle.includes(id)));
    if (!isTheirs || !about.some((id) => without.includes(id)))
      count.writtenWithoutRight.push(`${table} ${row}`);
  }
  slack.agree(() => {});
  await sendAs(withRight, payloads, true);
  count.heap[1] = heapInMB();
  close();
  process.off('unhandledRejection', crash);
  process.off('uncaughtException', crash);
  count.seconds = (Date.now() - started) / 1000;
  return count;
}

const byPerson = /^(message|app_home_opened)/;

function heapInMB(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}

/** Of each kind of error how many; where it came from is a line of ours. */
function countingErrors(errors: Map<string, number>): Logger {
  const write = (line: Buffer, _encoding: string, done: () => void): void => {
    const { msg, err } = JSON.parse(line.toString()) as {
      msg: string;
      err?: { type?: string; message?: string; stack?: string };
    };
    const at = /src\/(?!sandbox)[\w/.-]+:\d+/.exec(err?.stack ?? '')?.[0] ?? '';
    // Bolt's words for a request that nobody here answers: Slack gets a 404.
    if (msg.startsWith('An incoming event was not acknowledged')) {
      done();
      return;
    }
    const key = `${msg}: ${err?.type ?? ''} ${err?.message?.slice(0, 160) ?? ''} ${at}`;
    errors.set(key, (errors.get(key) ?? 0) + 1);
    done();
  };
  return pino({ level: 'error' }, new Writable({ write }));
}
