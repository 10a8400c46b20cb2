import type { Role } from '#domain/people.ts';
import { alignCadences } from '#services/align-cadences.ts';
import { setManagers } from '#services/set-managers.ts';
import { saveConversations } from '#storage/conversations.ts';
import type { Trx } from '#storage/database.ts';
import { listMembers, saveMember } from '#storage/members.ts';
import { upsertInstallation } from '#storage/workspaces.ts';
import type { TestDatabase } from '#test/database.ts';

export const workspaceId = 'T0MODEL';

export interface Person {
  id: string;
  role: Role;
  zone: string;
  /** At the beginning. */
  managerId?: string;
  budget: { perDay: number; perWeek: number };
}

const managers = { role: 'manager', budget: { perDay: 2, perWeek: 10 } } as const;
const reps = { role: 'rep', budget: { perDay: 1, perWeek: 4 } } as const;

/** In three zones, of which two change to summer time on different days, and one is half an hour off. */
export const people: readonly Person[] = [
  { id: 'UDANA', zone: 'Europe/Berlin', ...managers },
  { id: 'ULEE', zone: 'America/New_York', ...managers },
  { id: 'USAM', zone: 'Europe/Berlin', managerId: 'UDANA', ...reps },
  { id: 'UANA', zone: 'Asia/Kolkata', managerId: 'UDANA', ...reps },
  { id: 'UKIM', zone: 'America/New_York', managerId: 'ULEE', ...reps },
];

export const personOf = (id: string): Person => {
  const found = people.find((one) => one.id === id);
  if (found === undefined) throw new Error(`nobody is ${id}`);
  return found;
};

export const workDay = { starts: '09:00', ends: '17:00', days: [1, 2, 3, 4, 5] };

/** The team of every run, not started yet. */
export async function settlePeople({ owner, inWorkspace }: TestDatabase, at: Date): Promise<void> {
  await upsertInstallation(owner, {
    workspaceId,
    teamId: workspaceId,
    enterpriseId: null,
    name: 'Model',
    botUserId: 'UBOT',
    installedAt: at,
  });
  await inWorkspace(workspaceId, async (trx) => {
    for (const { id, role, zone } of people) {
      await saveMember(trx, workspaceId, {
        id,
        name: id.toLowerCase(),
        email: null,
        timeZone: zone,
        roles: [role],
        segment: null,
        wave: null,
        startDate: null,
        country: null,
        status: 'active',
        workingDays: workDay.days,
        workStarts: workDay.starts,
        workEnds: workDay.ends,
        updatedAt: at,
      });
    }
    // Kim's conversation has to be opened yet.
    const conversations = people.slice(0, -1).map(({ id }) => ({ userId: id, channel: `D${id}` }));
    await saveConversations(trx, workspaceId, conversations);
    await reportTo(
      trx,
      new Map(people.flatMap(({ id, managerId }) => (managerId === undefined ? [] : [[id, managerId]]))),
      at,
    );
  });
}

/** As an import of the people file does it. */
export async function reportTo(trx: Trx, managerByRep: ReadonlyMap<string, string>, at: Date): Promise<void> {
  await setManagers(trx, workspaceId, new Map(managerByRep), at);
  const members = await listMembers(trx, workspaceId);
  await alignCadences(trx, workspaceId, new Map(members.map((one) => [one.id, one])), at);
}
