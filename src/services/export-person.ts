import { noteAccess } from '#storage/access-records.ts';
import { noteInAudit } from '#storage/audit.ts';
import { listMembers, type Member } from '#storage/members.ts';
import { type ExportedRow, exportPerson } from '#storage/person-export.ts';
import type { ServiceContext } from '../context.ts';

export interface PersonExported {
  person: Pick<Member, 'id' | 'name'>;
  tables: Record<string, ExportedRow[]>;
}

/** For an operator, on behalf of the person. They see in their record that it was done. */
export function exportPersonNamed(
  context: Pick<ServiceContext, 'clock' | 'database'>,
  workspaceId: string,
  named: string,
  { formal }: { formal: boolean },
): Promise<PersonExported | undefined> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const person = personNamed(await listMembers(trx, workspaceId), named);
    if (person === undefined) return undefined;
    const { id, name } = person;
    const opened = {
      viewerId: 'operator',
      personIds: [id],
      resource: 'everything',
      how: 'export',
      now,
    } as const;
    await noteAccess(trx, workspaceId, opened);
    await noteInAudit(trx, workspaceId, {
      actorId: 'operator',
      what: 'exported',
      aboutId: id,
      detail: { formal },
      at: new Date(now),
    });
    return { person: { id, name }, tables: await exportPerson(trx, workspaceId, id, { formal }) };
  });
}

/** By Slack id or e-mail address. */
export function personNamed(members: readonly Member[], named: string): Member | undefined {
  const email = named.toLowerCase();
  return members.find((one) => one.id === named || one.email?.toLowerCase() === email);
}
