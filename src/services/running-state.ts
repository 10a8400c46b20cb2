import { mayDo } from '#domain/action.ts';
import { relationsByRole } from '#domain/relation.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, listMembers, type Member } from '#storage/members.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';

/** Whether anything is sent to somebody, and who can change it where nothing is. */
export type RunningState =
  | { kind: 'runs' }
  | { kind: 'not_started' | 'paused' | 'not_in_pilot'; mayStart: boolean; starters: string[] };

export async function runningStateFor(
  trx: Trx,
  workspaceId: string,
  person: Pick<Member, 'id' | 'roles' | 'inPilot'>,
): Promise<RunningState> {
  const kind = stateOf(await findWorkspace(trx, workspaceId), person);
  if (kind === 'runs') return { kind };
  const starters = await startersIn(trx, workspaceId);
  return { kind, mayStart: starters.includes(person.id), starters };
}

function stateOf(
  workspace: Awaited<ReturnType<typeof findWorkspace>>,
  { inPilot }: Pick<Member, 'inPilot'>,
): RunningState['kind'] {
  if (workspace === undefined || workspace.startedAt === null) return 'not_started';
  if (workspace.pausedAt !== null) return 'paused';
  return workspace.pilot && !inPilot ? 'not_in_pilot' : 'runs';
}

/** Ids of those who may start, pause and resume, by name. */
export async function startersIn(trx: Trx, workspaceId: string): Promise<string[]> {
  const members = await listMembers(trx, workspaceId);
  return members
    .filter(({ status, roles }) => status === 'active' && mayDo(relationsByRole(roles), 'start_workspace'))
    .map(({ id }) => id);
}

/** What a menu depends on; undefined for somebody the product does not know. */
export async function findStanding(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  userId: string,
): Promise<{ roles: Member['roles']; running: RunningState } | undefined> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const person = await findMember(trx, workspaceId, userId);
    if (person === undefined) return undefined;
    return { roles: person.roles, running: await runningStateFor(trx, workspaceId, person) };
  });
}
