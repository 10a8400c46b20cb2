import type { WebClient } from '@slack/web-api';
import { done, type Result, refused } from '#domain/result.ts';
import { lockPeople } from '#storage/people-lock.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { applyPlanned, auditImport, type Imported } from './apply-import.ts';
import { type FileProblem, readPeopleFile } from './people-file.ts';
import { type PlannedImport, type Progress, planImport, planWanted } from './plan-import.ts';

export type { Imported } from './apply-import.ts';

type ImportContext = ServiceContext & { client: WebClient };

interface ImportOptions {
  /** Whether people come back who were erased. */
  again?: boolean;
  progress?: Progress;
}

/** What a people file would change; nothing is written. */
export async function previewPeople(
  context: ImportContext,
  workspaceId: string,
  text: string,
  options: ImportOptions = {},
): Promise<Result<PlannedImport, FileProblem[]>> {
  const file = await readPeopleFile(text);
  if (file.problems.length > 0) return refused(file.problems);
  return planImport(context, workspaceId, { ...file, again: options.again === true }, options.progress);
}

/**
 * Takes over a people file, as an operator does: all of it, or nothing and the reasons. People who are not in the file
 * stay as they are.
 */
export async function importPeople(
  context: ImportContext,
  workspaceId: string,
  text: string,
  options: ImportOptions = {},
): Promise<Result<Imported, FileProblem[]>> {
  const planned = await previewPeople(context, workspaceId, text, options);
  if (!planned.ok) return planned;
  const now = new Date(context.clock.now());
  const imported = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<Imported, FileProblem[]>> => {
      await lockPeople(trx, workspaceId);
      // As things stand now: reading a long list from Slack takes minutes.
      const settings = await currentSettings(trx, workspaceId);
      const again = await planWanted(trx, workspaceId, planned.value.wanted, settings);
      if (!again.ok) return again;
      const counts = await applyPlanned(trx, workspaceId, again.value, now);
      await auditImport(trx, workspaceId, { actorId: 'operator', source: 'file', imported: counts, at: now });
      return done(counts);
    },
  );
  // Messages of pairs that are none any more have changed.
  if (imported.ok) context.wake(workspaceId);
  return imported;
}
