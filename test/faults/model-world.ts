import { sql } from 'kysely';
import { drain, type Lane } from '#delivery/drain.ts';
import type { Draining } from '#delivery/settings.ts';
import { slackLimits } from '#domain/slack-limits.ts';
import type { MessageComposers } from '#services/message-content.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import type { Database, Trx } from '#storage/database.ts';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';
import { type TestClock, testClock } from '#test/delivery/clock.ts';
import { createEngine, type Engine } from '#test/delivery/engine.ts';
import { keepSteps, type Step, takeSteps } from './model-ledger.ts';
import { settlePeople, workspaceId } from './model-people.ts';
import { type ModelSlack, startModelSlack } from './model-slack.ts';

export const processes = ['A', 'B'] as const;
export type ProcessName = (typeof processes)[number];

/** Where a process stands still: its intent is committed, or Slack has its post. */
export const stops = ['after the intent', 'before the record'] as const;
export type Stop = (typeof stops)[number];

/** What the product runs in: its database, the Slack, the clocks, and two processes. */
export interface World {
  database: TestDatabase;
  slack: ModelSlack;
  clock: TestClock;
  engines: Record<ProcessName, Engine>;
  drain(name: ProcessName, lane: Lane): Promise<void>;
  /** A process of its own that posts what is due until it comes to the stop; says whether it stands there. */
  freeze(stop: Stop): Promise<boolean>;
  /** The one that has stood longest goes on; resolves when it is through. */
  thaw(): Promise<void>;
  /** Nobody who still stands goes on. */
  abandon(): Promise<void>;
}

/** A message that names what is open, so that what stands in Slack can be held against the ledger. */
async function composeIds(trx: Trx, _workspaceId: string, deliveryId: string) {
  const rows = await trx
    .selectFrom('delivery_occurrence as link')
    .innerJoin('occurrence as o', (join) =>
      join
        .onRef('o.workspace_id', '=', 'link.workspace_id')
        .onRef('o.occurrence_id', '=', 'link.occurrence_id'),
    )
    .select('o.occurrence_id as id')
    .where('link.delivery_id', '=', deliveryId)
    .where('o.state', 'in', ['planned', 'due'])
    .orderBy('o.occurrence_id')
    .execute();
  const text = rows.map(({ id }) => id).join(' ') || '-';
  return { content: { text, blocks: [] }, nothingLeft: rows.length === 0 };
}

const composers: MessageComposers = { card: composeIds, prompt: composeIds, digest: composeIds };

/** What a run writes, from those that refer to those that are referred to. */
const written = [
  'edit',
  'message',
  'delivery_occurrence',
  'delivery_note',
  'card_note',
  'delivery',
  'occurrence',
  'cadence',
  'absence',
  'reporting',
  'slack_limit',
  'member',
  'workspace',
] as const;

/** One database and one Slack for many runs, one after the other. */
export interface Grounds {
  /** The first plans of a team that has started, or of one that has not. Machine time begins there as well. */
  begin(monday: number, started: boolean): Promise<{ world: World; steps: readonly Step[] }>;
  close(): Promise<void>;
}

export async function openGrounds(): Promise<Grounds> {
  const database = await openTestDatabase('postgres');
  const slack = await startModelSlack();
  const { owner } = database;
  await keepSteps(database);
  // What the audit trail tells is not played with: it goes, and does not come back.
  const empty = ['audit_entry', ...written].map((table) => `delete from ${table}`);
  const kept = new Map<string, { restore: string; steps: readonly Step[] }>();

  /** As it stands at the beginning of a run: made once, and copied then. */
  async function beginning(monday: number, started: boolean) {
    const name = `first_${monday}_${started}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    await sql.raw([...empty, 'delete from model_step'].join(';')).execute(owner);
    // The day before: a reporting line begins at an instant, and one only.
    await settlePeople(database, new Date(monday - day));
    const { engines } = createWorld(database, slack, clockAt(monday));
    if (started) await startWorkspace(engines.A.context, workspaceId);
    await engines.A.delivery.tick();
    const steps = await takeSteps(database);
    for (const table of written) {
      await sql.raw(`create table ${name}_${table} as select * from ${table}`).execute(owner);
    }
    const insert = written.toReversed().map((table) => `insert into ${table} select * from ${name}_${table}`);
    const restore = [...empty, ...insert, 'delete from model_step'].join(';');
    kept.set(name, { restore, steps });
    return { restore, steps };
  }

  return {
    async begin(monday, started) {
      const { restore, steps } = await beginning(monday, started);
      await sql.raw(restore).execute(owner);
      const clock = clockAt(monday);
      slack.reset(clock);
      return { world: createWorld(database, slack, clock), steps };
    },
    async close() {
      await slack.close();
      await database.close();
    },
  };
}

const day = 24 * 60 * 60_000;

const clockAt = (instant: number): TestClock => testClock(new Date(instant).toISOString(), instant);

function createWorld(database: TestDatabase, slack: ModelSlack, clock: TestClock): World {
  const engineOf = (token: string, ofProcess: Database): Engine =>
    createEngine({
      clock,
      database: ofProcess,
      slack: { workspaceId, token, faulty: slack },
      settings: { composers, limits: slackLimits },
    });
  const drainingOf = ({ context }: Engine): Draining => ({
    context,
    workspaceId,
    unfinishedReads: new Map(),
    stopping: () => false,
    unwatched: false,
  });
  const engines = { A: engineOf('xoxb-A', database), B: engineOf('xoxb-B', database) };
  const drainings = { A: drainingOf(engines.A), B: drainingOf(engines.B) };
  const frozen: { gate: PromiseWithResolvers<void>; draining: Promise<void> }[] = [];
  let begun = 0;
  return {
    database,
    slack,
    clock,
    engines,
    async drain(name, lane) {
      await drain[lane](drainings[name]);
    },
    async freeze(stop) {
      begun += 1;
      const token = `xoxb-frozen-${begun}`;
      const gate = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<'frozen'>();
      const stands = (): Promise<void> => {
        reached.resolve('frozen');
        return gate.promise;
      };
      const engine = engineOf(
        token,
        stopping(database, stop, () => slack.postsBy(token) > 0, stands),
      );
      const draining = drain.posts(drainingOf(engine)).then(() => {});
      const first = await Promise.race([reached.promise, draining]);
      if (first !== 'frozen') return false;
      frozen.push({ gate, draining });
      return true;
    },
    async thaw() {
      const first = frozen.shift();
      first?.gate.resolve();
      await first?.draining;
    },
    async abandon() {
      for (const { gate, draining } of frozen.splice(0)) {
        const died = new Error('died');
        gate.reject(died);
        await draining.catch((error: unknown) => {
          if (error !== died) throw error;
        });
      }
    },
  };
}

/** A database before which a process comes to stand, once. */
function stopping(
  database: Database,
  stop: Stop,
  hasPosted: () => boolean,
  stands: () => Promise<void>,
): Database {
  let stood = false;
  const standOnce = async (): Promise<void> => {
    if (stood) return;
    stood = true;
    await stands();
  };
  return {
    ...database,
    async inWorkspace(workspace, work) {
      if (stop === 'before the record' && hasPosted()) await standOnce();
      const result = await database.inWorkspace(workspace, work);
      if (stop === 'after the intent' && hasIntended(result)) await standOnce();
      return result;
    },
  };
}

/** Of all that a drain reads and writes, only an intent brings messages that are to be posted. */
const hasIntended = (result: unknown): boolean =>
  typeof result === 'object' &&
  result !== null &&
  'messages' in result &&
  Array.isArray(result.messages) &&
  result.messages.length > 0;
