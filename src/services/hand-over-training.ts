import { settleNotes } from '#storage/card-notes.ts';
import { askCheckInsAnew } from '#storage/check-ins.ts';
import type { Trx } from '#storage/database.ts';
import { enrolmentsWhere, listProgrammes } from '#storage/programmes.ts';
import { askBaseline } from './enrol-reps.ts';

/** What is still open about these reps' trainings is asked of whoever manages them now. */
export async function handOverTraining(
  trx: Trx,
  workspaceId: string,
  changed: readonly { repId: string; formerId: string | undefined }[],
  at: Date,
): Promise<void> {
  const repIds = changed.map(({ repId }) => repId);
  const enrolments = await enrolmentsWhere(trx, workspaceId, { repIds });
  if (enrolments.length === 0) return;
  for (const { repId, formerId } of changed) {
    if (formerId === undefined) continue;
    const subjectId = enrolments.filter((one) => one.repId === repId).map(({ id }) => id);
    await settleNotes(trx, workspaceId, { subjectId, kinds: ['baseline'], receiverId: formerId }, at);
  }
  await askCheckInsAnew(trx, workspaceId, repIds, at);
  for (const programme of await listProgrammes(trx, workspaceId)) {
    if (programme.endedAt !== null) continue;
    const inIt = enrolments.filter(({ programmeId }) => programmeId === programme.id);
    await askBaseline(trx, workspaceId, programme, inIt, at.getTime());
  }
}
