import type { WebClient } from '@slack/web-api';
import type { Role } from '#domain/people.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { noteInAudit } from '#storage/audit.ts';
import { findMember } from '#storage/members.ts';
import { lockPeople } from '#storage/people-lock.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { applyPlanned } from './apply-import.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';
import { planImport, planWanted } from './plan-import.ts';

export interface PersonToAdd {
  personId: string;
  roles: Role[];
  managerId: string | undefined;
}

export type AddProblem =
  | { kind: 'not_allowed' }
  /** They are in Sideline already. */
  | { kind: 'known'; name: string }
  /** Why an import of just them would be refused. */
  | { kind: 'refused'; reasons: string[] };

/** One person more, as an import of a single line would add them. */
export async function addPerson(
  context: ServiceContext & { client: WebClient },
  workspaceId: string,
  by: string,
  { personId, roles, managerId }: PersonToAdd,
): Promise<Result<{ name: string }, AddProblem>> {
  const { database, clock } = context;
  const asked = { workspaceId, viewerId: by };
  // Slack is not asked for somebody who may not ask.
  if (!(await database.inWorkspace(workspaceId, (trx) => may(trx, asked, 'manage_people')))) {
    return denied({ kind: 'not_allowed' }, personId);
  }
  const row = { line: 1, slackUserId: personId, email: undefined, roles, manager: managerId };
  const empty = { segment: undefined, wave: undefined, startDate: undefined, country: undefined };
  const columns = new Set(['slack_user_id', 'role', 'manager'] as const);
  const planned = await planImport(context, workspaceId, { columns, rows: [{ ...row, ...empty }] });
  const reasonsOf = (problems: readonly { reason: string }[]): AddProblem => ({
    kind: 'refused',
    reasons: problems.map(({ reason }) => reason),
  });
  if (!planned.ok) return refused(reasonsOf(planned.problem));
  const at = new Date(clock.now());
  const added = await database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<{ name: string }, AddProblem>> => {
      if (!(await may(trx, asked, 'manage_people'))) return denied({ kind: 'not_allowed' }, personId);
      await lockPeople(trx, workspaceId);
      const known = await findMember(trx, workspaceId, personId);
      if (known !== undefined) return refused({ kind: 'known', name: known.name });
      const settings = await currentSettings(trx, workspaceId);
      const anew = await planWanted(trx, workspaceId, planned.value.wanted, settings);
      if (!anew.ok) return refused(reasonsOf(anew.problem));
      await applyPlanned(trx, workspaceId, anew.value, at);
      const about = { actorId: by, aboutId: personId, at };
      await noteInAudit(trx, workspaceId, {
        ...about,
        what: 'roles_changed',
        detail: { from: [], to: roles },
      });
      return done({ name: planned.value.wanted[0]?.person.name ?? personId });
    },
  );
  if (added.ok) context.wake(workspaceId);
  return added;
}
