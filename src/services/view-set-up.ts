import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import type { Trx } from '#storage/database.ts';
import { findDigest } from '#storage/digest.ts';
import {
  countPilotManagers,
  countThePeople,
  type PeopleCounted,
  type StepTaken,
  stepsTaken,
  takeStep,
} from '#storage/set-up.ts';
import { currentSettings } from '#storage/settings.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

export const setUpSteps = ['people', 'defaults', 'digest', 'preview', 'start'] as const;
export type SetUpStep = (typeof setUpSteps)[number];

/** How far a workspace is set up. */
export interface SetUp {
  done: Record<SetUpStep, boolean>;
  people: PeopleCounted;
  settings: Settings;
  digestChannel: string | null;
  startedAt: number | null;
  /** Of how many managers the pilot group is, where it runs for one. */
  pilotManagers: number | undefined;
  /**
   * There is nothing more to show. Once it runs, only where somebody has begun with these steps: nobody is led through
   * what was set up otherwise.
   */
  finished: boolean;
}

export async function setUpIn(trx: Trx, workspaceId: string): Promise<SetUp> {
  const workspace = await findWorkspace(trx, workspaceId);
  const taken = await stepsTaken(trx, workspaceId);
  const people = await countThePeople(trx, workspaceId);
  const digestChannel = (await findDigest(trx, workspaceId))?.channel ?? null;
  const started = workspace?.startedAt != null;
  const is: SetUp['done'] = {
    people: people.managers > 0,
    defaults: taken.has('defaults'),
    digest: digestChannel !== null || taken.has('digest'),
    // Whoever starts it has seen what would happen.
    preview: taken.has('preview') || started,
    start: started,
  };
  const all = setUpSteps.every((step) => is[step]);
  return {
    done: is,
    people,
    settings: await currentSettings(trx, workspaceId),
    digestChannel,
    startedAt: workspace?.startedAt?.getTime() ?? null,
    pilotManagers: started && workspace.pilot ? await countPilotManagers(trx, workspaceId) : undefined,
    finished: all || (started && (taken.size === 0 || taken.has('closed'))),
  };
}

/** The same for whoever sets it up. */
export function viewSetUp(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  userId: string,
): Promise<Result<SetUp, { kind: 'not_allowed' }>> {
  return context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<SetUp, { kind: 'not_allowed' }>> =>
      (await may(trx, { workspaceId, viewerId: userId }, 'change_settings'))
        ? done(await setUpIn(trx, workspaceId))
        : refused({ kind: 'not_allowed' }),
  );
}

/** Somebody has taken care of something that nothing else shows. */
export function takeSetUpStep(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  userId: string,
  step: StepTaken,
): Promise<Result<undefined, { kind: 'not_allowed' }>> {
  const at = new Date(context.clock.now());
  return context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<undefined, { kind: 'not_allowed' }>> => {
      if (!(await may(trx, { workspaceId, viewerId: userId }, 'change_settings'))) {
        return denied({ kind: 'not_allowed' });
      }
      await takeStep(trx, workspaceId, step, at);
      return done(undefined);
    },
  );
}
