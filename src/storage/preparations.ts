import { sql } from 'kysely';
import type { OccurrenceState } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';

export async function savePreparation(
  trx: Trx,
  workspaceId: string,
  one: { occurrenceId: string; repId: string; answer: string; answeredAt: Date },
): Promise<void> {
  const values = { answer: one.answer, answered_at: one.answeredAt };
  await trx
    .insertInto('preparation')
    .values({ workspace_id: workspaceId, occurrence_id: one.occurrenceId, rep_id: one.repId, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'occurrence_id']).doUpdateSet(values))
    .execute();
}

export async function findPreparation(
  trx: Trx,
  workspaceId: string,
  occurrenceId: string,
): Promise<{ answer: string; answeredAt: Date } | undefined> {
  const row = await trx
    .selectFrom('preparation')
    .select(['answer', 'answered_at'])
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', '=', occurrenceId)
    .executeTakeFirst();
  return row && { answer: row.answer, answeredAt: row.answered_at };
}

/** One 1:1 that a rep is asked to think about before. */
export interface QuestionRow {
  occurrenceId: string;
  managerName: string;
  state: OccurrenceState;
  dueAt: Date;
  answer: string | null;
  commitment: string | null;
}

interface LoadedQuestion {
  occurrence_id: string;
  name: string;
  state: OccurrenceState;
  due_at: Date;
  answer: string | null;
  text: string | null;
  time_zone: string;
}

export async function loadQuestions(
  trx: Trx,
  workspaceId: string,
  deliveryId: string,
): Promise<{ receiverTimeZone: string; rows: QuestionRow[] }> {
  // Row by row for the reason given at loadPrompt.
  const { rows } = await sql<LoadedQuestion>`
    select o.occurrence_id, manager.name, o.state, o.due_at, p.answer, open.text, rep.time_zone
    from delivery d
    join member rep on rep.workspace_id = d.workspace_id and rep.user_id = d.receiver_id
    join delivery_occurrence link on link.workspace_id = d.workspace_id and link.delivery_id = d.delivery_id
    join occurrence o on o.workspace_id = link.workspace_id and o.occurrence_id = link.occurrence_id
    join member manager on manager.workspace_id = o.workspace_id and manager.user_id = o.asked_id
    left join lateral (
      select answer from preparation p
      where p.workspace_id = o.workspace_id and p.occurrence_id = o.occurrence_id
    ) p on true
    left join lateral (
      select text from commitment c
      where c.workspace_id = o.workspace_id and c.rep_id = o.about_id and c.manager_id = o.asked_id
        and c.state = 'open'
      order by made_at desc limit 1
    ) open on true
    where d.workspace_id = ${workspaceId} and d.delivery_id = ${deliveryId}
    order by o.due_at, o.occurrence_id`.execute(trx);
  return {
    receiverTimeZone: rows[0]?.time_zone ?? 'UTC',
    rows: rows.map((row) => ({
      occurrenceId: row.occurrence_id,
      managerName: row.name,
      state: row.state,
      dueAt: row.due_at,
      answer: row.answer,
      commitment: row.text,
    })),
  };
}
