import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Pillar, pillars } from '#domain/pillar.ts';
import type { WorkingTime } from '#domain/working-time.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedRows, mergedWhole } from './merged.ts';

export interface Programme {
  id: string;
  name: string;
  sessionOn: string;
  /** In the order of the method. */
  pillars: Pillar[];
  endedAt: Date | null;
}

export type ProgrammeContent = Pick<Programme, 'name' | 'sessionOn' | 'pillars'>;

const inOrder = (some: readonly Pillar[]): Pillar[] => pillars.filter((one) => some.includes(one));

export async function insertProgramme(
  trx: Trx,
  workspaceId: string,
  id: string,
  content: ProgrammeContent,
  made: { by: string; at: Date },
): Promise<void> {
  await trx
    .insertInto('programme')
    .values({
      workspace_id: workspaceId,
      programme_id: id,
      name: content.name,
      session_on: content.sessionOn,
      pillars: content.pillars,
      made_by: made.by,
      made_at: made.at,
      ended_at: null,
    })
    .execute();
}

export async function updateProgramme(
  trx: Trx,
  workspaceId: string,
  id: string,
  content: ProgrammeContent,
): Promise<void> {
  await trx
    .updateTable('programme')
    .set({ name: content.name, session_on: content.sessionOn, pillars: content.pillars })
    .where('workspace_id', '=', workspaceId)
    .where('programme_id', '=', id)
    .execute();
}

export async function setEnded(trx: Trx, workspaceId: string, id: string, at: Date): Promise<void> {
  await trx
    .updateTable('programme')
    .set({ ended_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('programme_id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

/** Whoever changes a programme or who is in it holds its row until the transaction ends. */
export async function lockProgramme(
  trx: Trx,
  workspaceId: string,
  id: string,
): Promise<Programme | undefined> {
  await sql`
    select 1 from programme where workspace_id = ${workspaceId} and programme_id = ${id} for update`.execute(
    trx,
  );
  return findProgramme(trx, workspaceId, id);
}

export async function findProgramme(
  trx: Trx,
  workspaceId: string,
  id: string,
): Promise<Programme | undefined> {
  const [found] = await programmesWhere(trx, workspaceId, id);
  return found;
}

/** Those that go on first, the latest session first. */
export const listProgrammes = mergedWhole(
  (trx, workspaceId): Promise<Programme[]> => programmesWhere(trx, workspaceId, undefined),
);

async function programmesWhere(trx: Trx, workspaceId: string, id: string | undefined): Promise<Programme[]> {
  const query = trx
    .selectFrom('programme')
    .select(['programme_id', 'name', 'session_on', 'pillars', 'ended_at'])
    .where('workspace_id', '=', workspaceId)
    .$if(id !== undefined, (query) => query.where('programme_id', '=', id ?? ''))
    .orderBy(sql`ended_at is not null`)
    .orderBy('session_on', 'desc')
    .orderBy('name');
  const rows = await askTogether(trx, query, { ended_at: 'instant' });
  return rows.map((row) => ({
    id: row.programme_id,
    name: row.name,
    sessionOn: row.session_on,
    pillars: inOrder(row.pillars),
    endedAt: row.ended_at,
  }));
}

/** A rep in a programme who has not been withdrawn. */
export interface Enrolment {
  id: string;
  programmeId: string;
  repId: string;
  repName: string;
  repTime: WorkingTime;
  /** Whom the rep reports to now. */
  managerId: string | null;
  wave: number | null;
  /** Baseline and check-ins are asked. */
  asked: boolean;
}

/** Returns their ids. */
export async function insertEnrolments(
  trx: Trx,
  workspaceId: string,
  enrolments: readonly { programmeId: string; repId: string; wave: number | null; asked: boolean }[],
  made: { by: string; at: Date },
): Promise<string[]> {
  if (enrolments.length === 0) return [];
  const rows = enrolments.map((one) => ({
    workspace_id: workspaceId,
    enrolment_id: randomUUID(),
    programme_id: one.programmeId,
    rep_id: one.repId,
    wave: one.wave,
    asked: one.asked,
    enrolled_by: made.by,
    enrolled_at: made.at,
    withdrawn_at: null,
  }));
  await trx.insertInto('enrolment').values(rows).execute();
  return rows.map((row) => row.enrolment_id);
}

export async function setWithdrawn(
  trx: Trx,
  workspaceId: string,
  enrolmentIds: readonly string[],
  at: Date,
): Promise<void> {
  if (enrolmentIds.length === 0) return;
  await trx
    .updateTable('enrolment')
    .set({ withdrawn_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('enrolment_id', 'in', [...enrolmentIds])
    .where('withdrawn_at', 'is', null)
    .execute();
}

/** Who is in a programme, or in any; or which one enrolment is, by name of the rep. */
export async function enrolmentsWhere(
  trx: Trx,
  workspaceId: string,
  which: { programmeId?: string; repIds?: readonly string[]; ids?: readonly string[] } = {},
): Promise<Enrolment[]> {
  const { programmeId, repIds, ids } = which;
  if (repIds?.length === 0 || ids?.length === 0) return [];
  const query = trx
    .selectFrom('enrolment as e')
    .innerJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 'e.workspace_id').onRef('m.user_id', '=', 'e.rep_id'),
    )
    .leftJoin('reporting as r', (join) =>
      join
        .onRef('r.workspace_id', '=', 'e.workspace_id')
        .onRef('r.rep_id', '=', 'e.rep_id')
        .on('r.until', 'is', null),
    )
    .select(['e.enrolment_id', 'e.programme_id', 'e.rep_id', 'e.wave', 'e.asked', 'r.manager_id'])
    .select(['m.name', 'm.time_zone', 'm.working_days', 'm.work_starts', 'm.work_ends', 'm.country'])
    .where('e.workspace_id', '=', workspaceId)
    // One that is named is wanted even if the rep has been withdrawn since.
    .$if(ids === undefined, (query) => query.where('e.withdrawn_at', 'is', null))
    .$if(programmeId !== undefined, (query) => query.where('e.programme_id', '=', programmeId ?? ''))
    .$if(repIds !== undefined, (query) =>
      query.where(sql<boolean>`e.rep_id = any (${[...(repIds ?? [])]}::text[])`),
    )
    .$if(ids !== undefined, (query) => query.where('e.enrolment_id', 'in', [...(ids ?? [])]))
    .orderBy('m.name')
    .orderBy('e.rep_id');
  const rows = await askTogether(trx, query, {});
  return rows.map((row) => ({
    id: row.enrolment_id,
    programmeId: row.programme_id,
    repId: row.rep_id,
    repName: row.name,
    repTime: {
      zone: row.time_zone,
      days: row.working_days,
      starts: row.work_starts,
      ends: row.work_ends,
      country: row.country,
    },
    managerId: row.manager_id,
    wave: row.wave,
    asked: row.asked,
  }));
}

export const enrolmentsByIds = mergedRows<Enrolment>(
  (trx, workspaceId, ids) => enrolmentsWhere(trx, workspaceId, { ids }),
  (one) => one.id,
);
