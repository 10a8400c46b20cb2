import { randomUUID } from 'node:crypto';
import type { Rule } from '#domain/recurrence.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import type { Database } from '#storage/database.ts';
import { upsertInstallation } from '#storage/workspaces.ts';

/** A workspace of managers with one rep each, and one 1:1 a week. */
export interface Team {
  workspaceId: string;
  pairs: { managerId: string; repId: string; rep: string; at: string }[];
}

/** What somebody is to be asked, once, whatever the ledger makes of it. */
export interface Ask {
  workspaceId: string;
  receiverId: string;
  text: string;
}

export interface Size {
  workspaces: number;
  managers: number;
  /** The asks come due one after another over so many minutes. */
  minutes: number;
}

export const botOf = (workspaceId: string): string => `U${workspaceId}BOT`;
export const tokenOf = (workspaceId: string): string => `xoxb-${workspaceId}`;

/** A Tuesday: Monday's card, that names the week's 1:1s, is not planned any more. */
const before = Date.parse('2026-03-03T08:00:00Z');
/** A Thursday; the 1:1s begin at 16:00, and the first of them is asked about half an hour later. */
export const start = Date.parse('2026-03-05T16:29:59Z');

export function teamsOf({ workspaces, managers, minutes }: Size): Team[] {
  const numbered = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => String(index + 1).padStart(3, '0'));
  return numbered(workspaces).map((workspace, nth) => ({
    workspaceId: `TF${workspace}`,
    pairs: numbered(managers).map((number, index) => ({
      managerId: `UM${workspace}${number}`,
      repId: `UR${workspace}${number}`,
      rep: `rep ${workspace} ${number}`,
      at: `16:${String((nth + index) % minutes).padStart(2, '0')}`,
    })),
  }));
}

/** In the words of test/delivery/composers.ts. */
export function asksOf(teams: Team[]): Ask[] {
  return teams.flatMap(({ workspaceId, pairs }) =>
    pairs.map(({ managerId, rep }) => ({ workspaceId, receiverId: managerId, text: `Open: ${rep}` })),
  );
}

/** Everybody lives in UTC and works all day; cards come later than the run lasts. Nothing is planned yet. */
export async function settle(database: Database, teams: Team[]): Promise<void> {
  const clock = { now: () => before, machineNow: () => Date.now(), monotonic: () => performance.now() };
  for (const team of teams) {
    await upsertInstallation(database.owner, {
      workspaceId: team.workspaceId,
      teamId: team.workspaceId,
      enterpriseId: null,
      name: team.workspaceId,
      botUserId: botOf(team.workspaceId),
      installedAt: new Date(before),
    });
    await settleTeam(database, team);
    await startWorkspace({ database, clock, wake: () => {} }, team.workspaceId);
  }
}

async function settleTeam(database: Database, { workspaceId, pairs }: Team): Promise<void> {
  const at = new Date(before);
  const person = (id: string, name: string, role: 'manager' | 'rep') => ({
    workspace_id: workspaceId,
    user_id: id,
    name,
    email: null,
    time_zone: 'UTC',
    roles: [role],
    segment: null,
    wave: null,
    start_date: null,
    country: null,
    dm_channel: null,
    status: 'active' as const,
    work_starts: '00:00',
    work_ends: '23:59',
    updated_at: at,
  });
  await database.inWorkspace(workspaceId, async (trx) => {
    await trx
      .insertInto('member')
      .values(
        pairs.flatMap(({ managerId, repId, rep }) => [
          person(managerId, `manager of ${rep}`, 'manager'),
          person(repId, rep, 'rep'),
        ]),
      )
      .execute();
    await trx
      .insertInto('setting')
      .values({
        workspace_id: workspaceId,
        key: 'cardTime',
        value: JSON.stringify('23:00'),
        set_at: at,
        set_by: pairs[0]?.managerId ?? '',
        view_id: 'V1',
      })
      .execute();
    await trx
      .insertInto('cadence')
      .values(
        pairs.map(({ managerId, repId, at: time }) => ({
          workspace_id: workspaceId,
          cadence_id: randomUUID(),
          kind: 'one_on_one' as const,
          asked_id: managerId,
          about_id: repId,
          rule: JSON.stringify({
            kind: 'weekly',
            interval: 1,
            anchor: '2026-03-02',
            weekday: 4,
            time,
          } satisfies Rule),
          subject_id: null,
          next_period: null,
          next_due_at: null,
          plan_at: null,
          ended_at: null,
        })),
      )
      .execute();
  });
}
