import { done, type Result, refused } from '#domain/result.ts';
import { findWorkspace, type Workspace } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';
import { choosePilot, type NotForPilot } from './choose-pilot.ts';
import { pauseIn } from './pause-workspace.ts';
import { resumeIn, type Started, startIn } from './start-workspace.ts';
import { type NotYoursToStart, starterOf } from './view-start.ts';

type NotStarted = NotYoursToStart | { kind: 'not_for_pilot'; people: NotForPilot[] };

/** Start, by somebody who has to be permitted to. */
export async function startAs(
  context: ServiceContext,
  workspaceId: string,
  userId: string,
  named: readonly string[] | undefined,
): Promise<Result<Started, NotStarted>> {
  const now = context.clock.now();
  const started = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<Started, NotStarted>> => {
      const starter = await starterOf(trx, workspaceId, userId);
      if (!starter.ok) return starter;
      const pilot = named === undefined ? done(undefined) : await choosePilot(trx, workspaceId, named);
      if (!pilot.ok) return refused({ kind: 'not_for_pilot', people: pilot.problem });
      return done(await startIn(trx, workspaceId, pilot.value, { by: userId, now }));
    },
  );
  if (started.ok) context.wake(workspaceId);
  return started;
}

/** How it stood before, and whether something changed. */
export interface Switched {
  before: Workspace | undefined;
  changed: boolean;
}

export async function switchAs(
  context: ServiceContext,
  workspaceId: string,
  userId: string,
  to: 'pause' | 'resume',
): Promise<Result<Switched, NotYoursToStart>> {
  const now = context.clock.now();
  const switched = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<Switched, NotYoursToStart>> => {
      const starter = await starterOf(trx, workspaceId, userId);
      if (!starter.ok) return starter;
      const before = await findWorkspace(trx, workspaceId);
      const changed = await (to === 'pause' ? pauseIn : resumeIn)(trx, workspaceId, { by: userId, now });
      return done({ before, changed });
    },
  );
  if (switched.ok && switched.value.changed) context.wake(workspaceId);
  return switched;
}
