import { done, type Result, refused } from '#domain/result.ts';
import { settleNotes } from '#storage/card-notes.ts';
import { certificationsWhere, lockCertificationsOf, withdrawCertificate } from '#storage/certifications.ts';
import { findMember } from '#storage/members.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';
import { putOnCard } from './put-on-card.ts';

export type WithdrawalProblem = { kind: 'not_yours' } | { kind: 'gone' };

/** A certificate given by mistake: it counts as never given, stays in the history, and the rep is told. */
export async function takeBackCertificate(
  context: ServiceContext,
  workspaceId: string,
  { managerId, certificationId }: { managerId: string; certificationId: string },
): Promise<Result<{ repId: string; repName: string; isNew: boolean }, WithdrawalProblem>> {
  const now = context.clock.now();
  const at = new Date(now);
  const taken = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<{ repId: string; repName: string; isNew: boolean }, WithdrawalProblem>> => {
      const [record] = await certificationsWhere(trx, workspaceId, { ids: [certificationId] });
      const rep = record && (await findMember(trx, workspaceId, record.repId));
      if (record === undefined || rep === undefined || record.validUntil === null) {
        return refused({ kind: 'gone' });
      }
      if (!(await may(trx, { workspaceId, viewerId: managerId, subjectId: rep.id }, 'certify'))) {
        return denied({ kind: 'not_yours' }, rep.id);
      }
      await lockCertificationsOf(trx, workspaceId, rep.id);
      const isNew = await withdrawCertificate(trx, workspaceId, record.id, { by: managerId, at });
      if (isNew) {
        const subjectId = record.id;
        await settleNotes(trx, workspaceId, { subjectId, kinds: ['certification_result'] }, at);
        const note = { kind: 'certificate_withdrawn' as const, receiverId: rep.id, aboutId: rep.id };
        await putOnCard(trx, workspaceId, { ...note, subjectId }, 'morning', now);
      }
      return done({ repId: rep.id, repName: rep.name, isNew });
    },
  );
  if (taken.ok) context.wake(workspaceId);
  return taken;
}
