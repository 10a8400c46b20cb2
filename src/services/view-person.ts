import { access } from '#domain/access.ts';
import type { PersonFieldName, PersonFields } from '#domain/person-fields.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { toLocal } from '#domain/time/zone.ts';
import { type AbsenceRow, absencesFrom } from '#storage/absences.ts';
import { noteAccess } from '#storage/access-records.ts';
import { findMember, type Member } from '#storage/members.ts';
import { relationsTo } from '#storage/relations.ts';
import { currentManagerOf, managersOf, type PastLine } from '#storage/reporting.ts';
import { reportsOf } from '#storage/reporting-chain.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { fieldsOf, settableBy } from './person-fields.ts';

export interface PersonShown {
  person: Pick<Member, 'id' | 'name' | 'email' | 'timeZone' | 'status'>;
  fields: PersonFields;
  /** Which of them the viewer may set; what is not among them and concerns the tier is not shown. */
  settable: PersonFieldName[];
  showsTier: boolean;
  manager: { id: string; name: string } | null;
  /** Earlier managers, the latest first. */
  before: PastLine[];
  reports: { id: string; name: string }[];
  /** Current and to come. */
  absences: AbsenceRow[];
}

/** One person, for whoever may set something of them. */
export async function viewPerson(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  viewerId: string,
  personId: string,
): Promise<Result<PersonShown, { kind: 'unknown' } | { kind: 'not_allowed' }>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const member = await findMember(trx, workspaceId, personId);
    const relations = await relationsTo(trx, workspaceId, viewerId, personId);
    const settable = settableBy(relations);
    if (settable.length === 0) return denied({ kind: 'not_allowed' }, personId);
    if (member === undefined) return refused({ kind: 'unknown' });
    const opened = { viewerId, personIds: [personId], resource: 'person', how: 'form', now } as const;
    await noteAccess(trx, workspaceId, opened);
    const managerId = await currentManagerOf(trx, workspaceId, personId);
    const manager = managerId === undefined ? undefined : await findMember(trx, workspaceId, managerId);
    const showsTier = access(relations, 'tier') === 'full';
    const fields = fieldsOf(member, managerId);
    const { id, name, email, timeZone, status } = member;
    return done({
      person: { id, name, email, timeZone, status },
      fields: showsTier ? fields : { ...fields, segment: null, wave: null },
      settable,
      showsTier,
      manager: manager === undefined ? null : { id: manager.id, name: manager.name },
      before: await managersOf(trx, workspaceId, personId),
      reports: await reportsOf(trx, workspaceId, personId),
      absences: await absencesFrom(trx, workspaceId, personId, toLocal(now, timeZone).date),
    });
  });
}
