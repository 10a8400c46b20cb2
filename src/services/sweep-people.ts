import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { nextNight } from '#domain/night.ts';
import type { Trx } from '#storage/database.ts';
import { forgetImports } from '#storage/people-imports.ts';
import {
  claimSweep,
  commonZone,
  continueSweep,
  finishSweep,
  type LeasedSweep,
  scheduleSweep,
  workspacesWithoutSweep,
} from '#storage/people-sweeps.ts';
import { homeOf } from '#storage/workspace-home.ts';
import type { ServiceContext } from '../context.ts';
import { keptFor } from './apply-import.ts';
import { followPeople } from './follow-people.ts';
import { holdCalls, takeCall } from './slack-calls.ts';
import { retryAfterOf, slackErrorOf } from './slack-error.ts';
import { asSlackPerson } from './slack-people.ts';
import { listMethod, pageOfUsers } from './slack-users.ts';

/** Long enough for a page; who dies in between leaves the rest to whoever comes next. */
const leaseFor = 2 * 60_000;
/** Half of what Slack allows in a minute: an import may be reading the same list. */
const pagesAtOnce = 10;
/** Slack refuses, or is not there. */
const againAfter = 60 * 60_000;

/** Once a night everybody is looked up in Slack: its events are hints, and some never come. */
export async function scheduleSweeps({
  database,
  clock,
}: Pick<ServiceContext, 'database' | 'clock'>): Promise<void> {
  for (const workspaceId of await database.inPlanner((trx) => workspacesWithoutSweep(trx, 500))) {
    await database.inWorkspace(workspaceId, async (trx) => {
      await scheduleSweep(trx, workspaceId, await nextNightOf(trx, workspaceId, clock.now()));
    });
  }
}

/** The sweep of one workspace that is due, if there is one that nobody else is at. */
export function claimDueSweep({
  database,
  clock,
}: Pick<ServiceContext, 'database' | 'clock'>): Promise<LeasedSweep | undefined> {
  const machine = clock.machineNow();
  const lease = { now: new Date(machine), leaseUntil: new Date(machine + leaseFor) };
  return database.inPlanner((trx) => claimSweep(trx, new Date(clock.now()), lease));
}

export type Swept =
  | { kind: 'finished' | 'goes_on'; people: number; changed: number }
  | { kind: 'put_off'; error: unknown };

/**
 * Reads the next pages and does what an event would have done. What is left goes on with the next claim, from the page
 * that was to be read next.
 */
export async function sweepPeople(
  context: ServiceContext,
  client: WebClient,
  claimed: LeasedSweep,
): Promise<Swept> {
  const { database, clock } = context;
  const { workspaceId } = claimed;
  const home = await database.inWorkspace(workspaceId, (trx) => homeOf(trx, workspaceId));
  const counts = { people: 0, changed: 0 };
  let lease = claimed;
  for (let pages = 1; ; pages += 1) {
    const again = await takeCall(context, workspaceId, listMethod);
    if (again !== undefined) {
      const later = { cursor: lease.cursor, leasedUntil: again };
      await database.inWorkspace(workspaceId, (trx) => continueSweep(trx, lease, later));
      return { kind: 'goes_on', ...counts };
    }
    let page: Awaited<ReturnType<typeof pageOfUsers>>;
    try {
      page = await pageOfUsers(client, lease.cursor ?? undefined);
    } catch (error) {
      await putOff(context, lease, error);
      return { kind: 'put_off', error };
    }
    const people = page.users.flatMap((user) => asSlackPerson(user, home) ?? []);
    counts.people += people.length;
    counts.changed += await followPeople(context, workspaceId, people);
    const at = clock.machineNow();
    if (page.cursor === undefined) {
      await database.inWorkspace(workspaceId, async (trx) => {
        await forgetImports(trx, workspaceId, new Date(clock.now() - keptFor));
        const dueAt = await nextNightOf(trx, workspaceId, clock.now());
        await finishSweep(trx, lease, { finishedAt: new Date(clock.now()), dueAt });
      });
      return { kind: 'finished', ...counts };
    }
    const rests = pages === pagesAtOnce;
    const next = { cursor: page.cursor, leasedUntil: new Date(rests ? at : at + leaseFor) };
    const isOurs = await database.inWorkspace(workspaceId, (trx) => continueSweep(trx, lease, next));
    if (rests || !isOurs) return { kind: 'goes_on', ...counts };
    lease = { ...lease, ...next };
  }
}

/** A page that Slack has forgotten means beginning anew; what has been read once changes nothing the second time. */
async function putOff(context: ServiceContext, lease: LeasedSweep, error: unknown): Promise<void> {
  const { database, clock } = context;
  const seconds = retryAfterOf(error);
  if (seconds !== undefined) await holdCalls(context, lease.workspaceId, listMethod, seconds);
  const isLost = slackErrorOf(error) === 'invalid_cursor';
  const wait = isLost ? 0 : seconds === undefined ? againAfter : seconds * 1000;
  const next = {
    cursor: isLost ? null : lease.cursor,
    leasedUntil: new Date(clock.machineNow() + wait),
  };
  await database.inWorkspace(lease.workspaceId, (trx) => continueSweep(trx, lease, next));
}

async function nextNightOf(trx: Trx, workspaceId: string, now: number): Promise<Date> {
  const zone = (await commonZone(trx, workspaceId)) ?? 'UTC';
  const spread = createHash('sha256').update(workspaceId).digest().readUInt32BE(0);
  return new Date(nextNight(now, zone, spread));
}
