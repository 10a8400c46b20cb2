import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { done, type Result, refused } from '#domain/result.ts';
import { noteInAudit } from '#storage/audit.ts';
import type { Trx } from '#storage/database.ts';
import { forgetNewcomers } from '#storage/newcomers.ts';
import {
  forgetImports,
  type ImportSource,
  keepImport,
  lockImport,
  markApplied,
  setDigest,
} from '#storage/people-imports.ts';
import { lockPeople } from '#storage/people-lock.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { applyPeople } from './apply-people.ts';
import { denied, noteDenial } from './denials.ts';
import { followStatuses } from './follow-status.ts';
import { accessTo, may } from './may.ts';
import type { FileProblem } from './people-file.ts';
import {
  type PeopleGiven,
  type PlannedImport,
  type Progress,
  planImport,
  planWanted,
} from './plan-import.ts';
import type { PeoplePlan, WantedPerson } from './plan-people.ts';
import type { Calling } from './slack-calls.ts';

export interface Imported {
  added: number;
  updated: number;
  unchanged: number;
  managersChanged: number;
}

/** Shown to somebody, and not applied yet. */
export interface ProposedImport
  extends Pick<PlannedImport, 'plan' | 'open' | 'digest' | 'leftOut' | 'others' | 'profiles'> {
  importId: string;
  source: ImportSource;
  /** By person: what their profile in Slack says and nobody told. */
  filled: ReadonlyMap<string, NonNullable<WantedPerson['fromProfile']>>;
}

export type ProposalProblem = { kind: 'not_allowed' } | { kind: 'refused'; problems: FileProblem[] };

export type ApplyProblem =
  | { kind: 'not_allowed' }
  /** Too old, or never there. */
  | { kind: 'gone' }
  /** Something has changed since: this is what it would do now. Nothing was written. */
  | { kind: 'changed_meanwhile'; now: ProposedImport }
  | { kind: 'refused'; problems: FileProblem[] };

/** What nobody has applied for a day is forgotten: it names people. */
export const keptFor = 24 * 60 * 60_000;

/** What somebody who may import is shown; undefined for who may not. */
export function whoMayImport(
  { database }: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  viewerId: string,
): Promise<{ showsTier: boolean } | undefined> {
  return database.inWorkspace(workspaceId, async (trx) => {
    const asked = { workspaceId, viewerId };
    if (!(await may(trx, asked, 'manage_people'))) {
      noteDenial();
      return undefined;
    }
    return { showsTier: (await accessTo(trx, asked, 'tier')) === 'full' };
  });
}

/** Says what an import would change, and keeps it, so that what was shown is what is applied. */
export async function proposeImport(
  context: ServiceContext & Calling & { client: WebClient },
  workspaceId: string,
  by: { userId: string; source: ImportSource },
  given: PeopleGiven,
  progress?: Progress,
): Promise<Result<ProposedImport, ProposalProblem>> {
  const { userId, source } = by;
  const asked = { workspaceId, viewerId: userId };
  const allowed = await context.database.inWorkspace(workspaceId, (trx) => may(trx, asked, 'manage_people'));
  if (!allowed) return denied({ kind: 'not_allowed' });
  const planned = await planImport(context, workspaceId, given, progress);
  if (!planned.ok) return refused({ kind: 'refused', problems: planned.problem });
  const { digest, wanted } = planned.value;
  const importId = randomUUID();
  const at = new Date(context.clock.now());
  await context.database.inWorkspace(workspaceId, async (trx) => {
    await forgetImports(trx, workspaceId, new Date(at.getTime() - keptFor));
    await keepImport(trx, workspaceId, { id: importId, madeBy: userId, source, wanted, digest, at });
  });
  return done(proposalOf(planned.value, importId, source));
}

/**
 * Applies what was shown, and nothing else: where it would do something else by now, that is shown first. Applied again
 * it answers the same and does nothing.
 */
export async function applyImport(
  context: ServiceContext,
  workspaceId: string,
  { userId, importId, digest }: { userId: string; importId: string; digest: string },
): Promise<Result<Imported, ApplyProblem>> {
  const now = new Date(context.clock.now());
  const applied = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<Imported, ApplyProblem>> => {
      if (!(await may(trx, { workspaceId, viewerId: userId }, 'manage_people'))) {
        return denied({ kind: 'not_allowed' });
      }
      await lockPeople(trx, workspaceId);
      const kept = await lockImport(trx, workspaceId, importId);
      if (kept === undefined || kept.madeBy !== userId) return refused({ kind: 'gone' });
      if (kept.state === 'applied') return done(kept.result as Imported);
      const settings = await currentSettings(trx, workspaceId);
      const planned = await planWanted(trx, workspaceId, kept.wanted as WantedPerson[], settings);
      if (!planned.ok) return refused({ kind: 'refused', problems: planned.problem });
      if (planned.value.digest !== digest || kept.digest !== digest) {
        await setDigest(trx, workspaceId, importId, planned.value.digest);
        return refused({ kind: 'changed_meanwhile', now: proposalOf(planned.value, importId, kept.source) });
      }
      const imported = await applyPlanned(trx, workspaceId, planned.value, now);
      await markApplied(trx, workspaceId, importId, { result: imported, at: now });
      await auditImport(trx, workspaceId, { actorId: userId, source: kept.source, imported, at: now });
      return done(imported);
    },
  );
  // Messages of pairs that are none any more have changed.
  if (applied.ok) context.wake(workspaceId);
  return applied;
}

function proposalOf(planned: PlannedImport, importId: string, source: ImportSource): ProposedImport {
  const { plan, open, digest, leftOut, others, profiles, wanted } = planned;
  const filled = new Map(
    wanted.flatMap(({ person, fromProfile }) => (fromProfile ? [[person.id, fromProfile] as const] : [])),
  );
  return { importId, source, plan, open, digest, leftOut, others, filled, ...(profiles && { profiles }) };
}

export async function applyPlanned(
  trx: Trx,
  workspaceId: string,
  { plan, todo, wanted }: Pick<PlannedImport, 'plan' | 'todo' | 'wanted'>,
  now: Date,
): Promise<Imported> {
  await applyPeople(trx, workspaceId, todo, now);
  await followStatuses(
    trx,
    workspaceId,
    wanted.map(({ person }) => person),
    now,
  );
  await forgetNewcomers(
    trx,
    workspaceId,
    plan.added.map(({ id }) => id),
  );
  return countsOf(plan);
}

export const countsOf = ({ added, changed, moved, unchanged }: PeoplePlan): Imported => ({
  added: added.length,
  updated: changed.length,
  unchanged,
  managersChanged: moved.length,
});

/** By whom, and how many: who exactly, the history of each person tells. */
export async function auditImport(
  trx: Trx,
  workspaceId: string,
  { actorId, source, imported, at }: { actorId: string; source: ImportSource; imported: Imported; at: Date },
): Promise<void> {
  await noteInAudit(trx, workspaceId, {
    actorId,
    what: 'people_imported',
    detail: { source, ...imported },
    at,
  });
}
