import { randomUUID } from 'node:crypto';
import { type Logger, pino } from 'pino';
import { createDelivery, type Delivery } from '#delivery/delivery.ts';
import { drain, lanes } from '#delivery/drain.ts';
import type { DrainQueue } from '#delivery/queue.ts';
import type { DeliveryContext, DeliverySettings, Draining } from '#delivery/settings.ts';
import type { Rule } from '#domain/recurrence.ts';
import { unlimited } from '#domain/slack-limits.ts';
import { travelTo } from '#sandbox/travel.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import { insertCadence } from '#storage/cadences.ts';
import type { Database } from '#storage/database.ts';
import { saveMember } from '#storage/members.ts';
import { upsertInstallation } from '#storage/workspaces.ts';
import type { TestDatabase } from '#test/database.ts';
import { singleWorkspaceApi } from '../../src/web-api.ts';
import { type TestClock, testClock } from './clock.ts';
import { composers } from './composers.ts';
import { type SlackKind, type SlackOptions, startTestSlack, type TestSlack } from './slacks.ts';

/** Planning and sending, and nothing of the surfaces around it, for a small team. */
export interface Engine {
  context: DeliveryContext;
  delivery: Delivery;
  clock: TestClock;
  /** Workspaces that were hinted at because something is due, in order. */
  hints: string[];
  /** Lives the time up to an instant. */
  travelTo(instant: string): Promise<void>;
  /** A jump: an outage of that length. */
  jumpTo(instant: string): void;
  /** Sends what there is to send now. */
  catchUp(): Promise<void>;
  /** What one job of each lane in which something may be due does. */
  drainOnce(): Promise<number>;
}

export interface EngineOptions {
  clock: TestClock;
  database: Database;
  slack: Pick<TestSlack, 'workspaceId' | 'token'> & { faulty: Pick<TestSlack['faulty'], 'apiUrl'> };
  settings?: Partial<DeliverySettings>;
  queue?: DrainQueue;
  log?: Logger;
}

export const quarantine = 60_000;

/** One running process; several may share a database. */
export function createEngine({ clock, database, slack, settings = {}, queue, log }: EngineOptions): Engine {
  const hints: string[] = [];
  const context: DeliveryContext = {
    clock,
    database,
    log: log ?? pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
    slack: singleWorkspaceApi(slack.faulty.apiUrl, slack.token),
    wake: () => {},
    composers,
    quarantine,
    callTimeout: 5_000,
    limits: unlimited,
    ...settings,
  };
  const delivery = createDelivery(context, queue ?? recordHints(hints));
  return {
    context,
    delivery,
    clock,
    hints,
    travelTo: (instant) => travelTo({ clock, database, delivery }, Date.parse(instant)),
    jumpTo: (instant) => clock.travelTo(Date.parse(instant)),
    catchUp: () => delivery.catchUp(),
    async drainOnce() {
      const draining: Draining = {
        context,
        workspaceId: slack.workspaceId,
        unfinishedReads: new Map(),
        stopping: () => false,
        unwatched: false,
      };
      let moved = 0;
      for (const lane of lanes) moved += (await drain[lane](draining)).moved;
      return moved;
    },
  };
}

function recordHints(hints: string[]): DrainQueue {
  return {
    start: async () => {},
    hint: async (given) => {
      const ofDue = given.filter(({ lane }) => lane !== 'ahead');
      hints.push(...new Set(ofDue.map(({ workspaceId }) => workspaceId)));
    },
    work: async () => {},
    stop: async () => {},
  };
}

/** Who meets whom; without a rule on Thursdays at 16:00. */
export interface Pair {
  manager: string;
  rep: string;
  rule?: Rule;
}

export const onThursdays = weekly(4, '16:00');

export function weekly(weekday: number, time: string): Rule {
  return { kind: 'weekly', interval: 1, anchor: '2026-03-02', weekday, time };
}

/**
 * Puts the team into the database; everybody lives in UTC and works all day. Cards come late in the evening, so
 * that it is the prompt that asks first: see composers.ts.
 */
export async function settle(
  { database, clock }: { database: Database; clock: TestClock },
  slack: Pick<TestSlack, 'workspaceId' | 'botUserId' | 'userId'>,
  pairs: Pair[],
): Promise<void> {
  const { workspaceId, botUserId, userId } = slack;
  const at = new Date(clock.now());
  await upsertInstallation(database.owner, {
    workspaceId,
    teamId: workspaceId,
    enterpriseId: null,
    name: 'Delivery',
    botUserId,
    installedAt: at,
  });
  await database.inWorkspace(workspaceId, async (trx) => {
    for (const name of new Set(pairs.flatMap(({ manager, rep }) => [manager, rep]))) {
      await saveMember(trx, workspaceId, {
        id: userId(name),
        name,
        email: null,
        timeZone: 'UTC',
        roles: pairs.some(({ manager }) => manager === name) ? ['manager'] : ['rep'],
        segment: null,
        wave: null,
        startDate: null,
        country: null,
        status: 'active',
        workingDays: [1, 2, 3, 4, 5],
        workStarts: '00:00',
        workEnds: '23:59',
        updatedAt: at,
      });
    }
    await trx
      .insertInto('setting')
      .values({
        workspace_id: workspaceId,
        key: 'cardTime',
        value: JSON.stringify('23:00'),
        set_at: at,
        set_by: userId(pairs[0]?.manager ?? ''),
        view_id: 'V1',
      })
      .execute();
    for (const { manager, rep, rule = onThursdays } of pairs) {
      await insertCadence(
        trx,
        {
          workspaceId,
          id: randomUUID(),
          kind: 'one_on_one',
          askedId: userId(manager),
          aboutId: userId(rep),
          rule,
        },
        undefined,
      );
    }
  });
}

/** A Monday; the default 1:1 is asked about on Thursday at 16:30. */
export const monday = '2026-03-02T08:00:00Z';
/** The day after; nothing of Monday's is planned any more. */
export const tuesday = '2026-03-03T08:00:00Z';
export const asked = '2026-03-05T16:30:00Z';

export interface Stage {
  slack: TestSlack;
  database: TestDatabase;
  clock: TestClock;
  engine: Engine;
}

export interface StageOptions extends Partial<Omit<SlackOptions, 'kind' | 'people' | 'now'>> {
  slack?: SlackKind;
  pairs?: Pair[];
  start?: boolean;
  /** Where the clock begins; a Monday where nothing else is said. */
  now?: string;
  settings?: Partial<DeliverySettings>;
}

/** A Slack and one process on a database, with dana who manages sam where nothing else is said. */
export async function setStage(database: TestDatabase, options: StageOptions): Promise<Stage> {
  const {
    pairs = [{ manager: 'dana', rep: 'sam' }],
    slack: kind = 'local',
    start = true,
    now = monday,
    settings,
  } = options;
  const clock = testClock(now);
  const slack = await startTestSlack({
    kind,
    people: [...new Set(pairs.flatMap(({ manager, rep }) => [manager, rep]))],
    ...(options.scopes && { scopes: options.scopes }),
    ...(options.limits && { limits: options.limits }),
    now: () => clock.machineNow(),
  });
  const engine = createEngine({ clock, database, slack, ...(settings && { settings }) });
  await settle({ database, clock }, slack, pairs);
  if (start) await startWorkspace(engine.context, slack.workspaceId);
  return { slack, database, clock, engine };
}

/** How often Slack was asked, whatever it answered. */
export const callsOf = ({ slack }: Pick<Stage, 'slack'>, method: string): number =>
  slack.faulty.requests.filter((request) => request.method === method).length;
