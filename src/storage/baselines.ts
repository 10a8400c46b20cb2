import { randomUUID } from 'node:crypto';
import type { CheckInSide } from '#domain/retention.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedRows } from './merged.ts';

export interface Baseline {
  id: string;
  enrolmentId: string;
  side: CheckInSide;
  answers: number[];
  answeredBy: string;
}

export const baselinesOf = mergedRows<Baseline>(
  async (trx, workspaceId, enrolmentIds) => {
    const query = trx
      .selectFrom('baseline')
      .select(['baseline_id', 'enrolment_id', 'side', 'answers', 'answered_by'])
      .where('workspace_id', '=', workspaceId)
      .where('enrolment_id', 'in', [...enrolmentIds]);
    const rows = await askTogether(trx, query, {});
    return rows.map((row) => ({
      id: row.baseline_id,
      enrolmentId: row.enrolment_id,
      side: row.side,
      answers: row.answers,
      answeredBy: row.answered_by,
    }));
  },
  (one) => one.enrolmentId,
);

/** Returns its id: one for each enrolment and side, whatever is changed about it. */
export async function saveBaseline(
  trx: Trx,
  workspaceId: string,
  one: Omit<Baseline, 'id'> & { answeredAt: Date },
): Promise<string> {
  const row = await trx
    .insertInto('baseline')
    .values({
      workspace_id: workspaceId,
      baseline_id: randomUUID(),
      enrolment_id: one.enrolmentId,
      side: one.side,
      answers: one.answers,
      answered_by: one.answeredBy,
      answered_at: one.answeredAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'enrolment_id', 'side']).doUpdateSet((eb) => ({
        answers: eb.ref('excluded.answers'),
        answered_by: eb.ref('excluded.answered_by'),
        answered_at: eb.ref('excluded.answered_at'),
      })),
    )
    .returning('baseline_id')
    .executeTakeFirstOrThrow();
  return row.baseline_id;
}
