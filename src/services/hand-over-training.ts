import { settleNotes } from '#storage/card-notes.ts';
import { askCheckInsAnew } from '#storage/check-ins.ts';
import type { Trx } from '#storage/database.ts';
import { enrolmentsWhere, listProgrammes } from '#storage/programmes.ts';
import type { LineMoved } from '#storage/reporting.ts';
import { askBaseline } from './enrol-reps.ts';

/** What is still open about these reps' trainings is asked of whoever manages them now. */
export async function handOverTraining(
  trx: Trx,
  workspaceId: string,
  moved: readonly LineMoved[],
  at: Date,
): Promise<void> {
  const enrolments = await enrolmentsWhere(trx, workspaceId, { repIds: moved.map(({ repId }) => repId) });
  if (enrolments.length === 0) return;
  const formerOf = new Map(moved.map(({ repId, from }) => [repId, from]));
  const enrolled = Map.groupBy(enrolments, ({ repId }) => repId);
  for (const [repId, theirs] of enrolled) {
    const receiverId = formerOf.get(repId);
    if (receiverId === undefined) continue;
    const subjectId = theirs.map(({ id }) => id);
    await settleNotes(trx, workspaceId, { subjectId, kinds: ['baseline'], receiverId }, at);
  }
  await askCheckInsAnew(trx, workspaceId, [...enrolled.keys()], at);
  for (const programme of await listProgrammes(trx, workspaceId)) {
    if (programme.endedAt !== null) continue;
    const inIt = enrolments.filter(({ programmeId }) => programmeId === programme.id);
    await askBaseline(trx, workspaceId, programme, inIt, at.getTime());
  }
}
