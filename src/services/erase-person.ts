import { done, type Result, refused } from '#domain/result.ts';
import { noteInAudit } from '#storage/audit.ts';
import type { Trx } from '#storage/database.ts';
import { erasePerson } from '#storage/erasure.ts';
import { openErasureRequests } from '#storage/erasure-requests.ts';
import { findMember, listMembers, type Member } from '#storage/members.ts';
import { countTexts } from '#storage/personal-texts.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { personNamed } from './export-person.ts';
import { may } from './may.ts';
import { noteStatus } from './note-status.ts';

export interface ErasurePreview {
  person: Member;
  /** How many records about them have words, by table. */
  texts: { table: string; rows: number }[];
}

export type NotErased = { kind: 'unknown' } | { kind: 'not_permitted' };

/** What an erasure would take away. */
export function previewErasure(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  named: string,
): Promise<ErasurePreview | undefined> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const person = personNamed(await listMembers(trx, workspaceId), named);
    if (person === undefined) return undefined;
    const texts = await countTexts(trx, workspaceId, person.id);
    return { person, texts: texts.map(({ table, rows }) => ({ table, rows })) };
  });
}

export interface Erased {
  /** The conversation with them, where there was one: its last message may say that it is done. */
  dmChannel: string | null;
  rows: Record<string, number>;
}

/**
 * Takes away the words about somebody and who they are, and leaves what is counted. By an operator, or by somebody
 * who may erase. What was open about them ends first, as when somebody leaves.
 */
export async function erase(
  context: ServiceContext,
  workspaceId: string,
  personId: string,
  by: string,
): Promise<Result<Erased, NotErased>> {
  const isOpen = await context.database.inWorkspace(workspaceId, (trx) =>
    mayErase(trx, workspaceId, personId, by),
  );
  if (!isOpen.ok) return isOpen;
  await noteStatus(context, workspaceId, personId, 'deactivated');
  const at = new Date(context.clock.now());
  const erased = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<Erased, NotErased>> => {
      // As it stands now: somebody else may have been quicker.
      const found = await mayErase(trx, workspaceId, personId, by);
      if (!found.ok) return found;
      const { rows, nobodyId } = await erasePerson(trx, workspaceId, personId, at);
      await noteInAudit(trx, workspaceId, {
        actorId: by === personId ? nobodyId : by,
        what: 'erased',
        aboutId: nobodyId,
        detail: rows,
        at,
      });
      return done({ dmChannel: found.value.dmChannel, rows });
    },
  );
  if (erased.ok) context.wake(workspaceId);
  return erased;
}

async function mayErase(
  trx: Trx,
  workspaceId: string,
  personId: string,
  by: string,
): Promise<Result<Member, NotErased>> {
  const person = await findMember(trx, workspaceId, personId);
  if (person === undefined) return refused({ kind: 'unknown' });
  if (by === 'operator') return done(person);
  if (!(await may(trx, { workspaceId, viewerId: by }, 'erase_people'))) {
    return denied({ kind: 'not_permitted' }, personId);
  }
  // In Slack only who asked for it is erased; for anybody else it takes whoever runs Sideline.
  if ((await openErasureRequests(trx, workspaceId, personId)).length === 0)
    return refused({ kind: 'unknown' });
  return done(person);
}
