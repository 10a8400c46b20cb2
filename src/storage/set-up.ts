import { sql } from 'kysely';
import type { Trx } from './database.ts';
import type { SetUpStepTable } from './schema/set-up-step.ts';

export type StepTaken = SetUpStepTable['step'];

export async function stepsTaken(trx: Trx, workspaceId: string): Promise<Map<StepTaken, Date>> {
  const rows = await trx
    .selectFrom('set_up_step')
    .select(['step', 'at'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return new Map(rows.map(({ step, at }) => [step, at]));
}

/** Taken again it stays as it was first. */
export async function takeStep(trx: Trx, workspaceId: string, step: StepTaken, at: Date): Promise<void> {
  await trx
    .insertInto('set_up_step')
    .values({ workspace_id: workspaceId, step, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface PeopleCounted {
  people: number;
  /** Of them those whom somebody reports to. */
  managers: number;
  /** Reps who report to nobody. */
  unmanaged: number;
}

/** Of those whom messages may reach. */
export async function countThePeople(trx: Trx, workspaceId: string): Promise<PeopleCounted> {
  const { rows } = await sql<PeopleCounted>`
    with line as (
      select rep_id, manager_id from reporting where workspace_id = ${workspaceId} and until is null
    )
    select count(*)::integer as people,
           count(*) filter (where m.user_id in (select manager_id from line))::integer as managers,
           count(*) filter (where 'rep' = any (m.roles)
             and m.user_id not in (select rep_id from line))::integer as unmanaged
    from member m where m.workspace_id = ${workspaceId} and m.status = 'active'`.execute(trx);
  return rows[0] ?? { people: 0, managers: 0, unmanaged: 0 };
}

/** How many managers the pilot group is made of. */
export async function countPilotManagers(trx: Trx, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from member m
    where m.workspace_id = ${workspaceId} and m.in_pilot and m.status = 'active' and exists (
      select from reporting r
      where r.workspace_id = m.workspace_id and r.manager_id = m.user_id and r.until is null)`.execute(trx);
  return rows[0]?.count ?? 0;
}
