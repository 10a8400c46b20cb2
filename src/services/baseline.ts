import { mayDo } from '#domain/action.ts';
import { type BaselineAnswers, baselineAnswersSchema } from '#domain/baseline.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { CheckInSide } from '#domain/retention.ts';
import type { Settings } from '#domain/settings.ts';
import { noteAccess } from '#storage/access-records.ts';
import { type Baseline, baselinesOf, saveBaseline } from '#storage/baselines.ts';
import { settleNotes, touchNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { type Enrolment, enrolmentsWhere, findProgramme, type Programme } from '#storage/programmes.ts';
import { relationsTo } from '#storage/relations.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { currentSettings } from '#storage/settings.ts';
import { noteSubmission } from '#storage/submissions.ts';
import type { ServiceContext } from '../context.ts';
import { contentHashOf } from './content-hash.ts';
import { denied } from './denials.ts';

export type BaselineProblem = { kind: 'not_yours' } | { kind: 'called_off' };

/** The questions before a training, as one side has them, and what the two sides said once both have. */
export interface BaselineOpened {
  enrolmentId: string;
  side: CheckInSide;
  programme: Programme;
  repId: string;
  repName: string;
  managerName: string | undefined;
  own: BaselineAnswers | undefined;
  /** Nobody sees the other's before their own is in. */
  other: BaselineAnswers | undefined;
  /** Of the same programme, about whom this manager has not answered. */
  next: { enrolmentId: string; repName: string }[];
  pillarNames: Settings['pillarNames'];
}

export function openBaseline(
  context: ServiceContext,
  workspaceId: string,
  userId: string,
  enrolmentId: string,
): Promise<Result<BaselineOpened, BaselineProblem>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await opened(trx, workspaceId, userId, enrolmentId);
    if (!found.ok) return found;
    const personIds = [found.value.repId];
    await noteAccess(trx, workspaceId, {
      viewerId: userId,
      personIds,
      resource: 'baseline',
      how: 'form',
      now,
    });
    return found;
  });
}

/** Keeps the ten answers of one side, and shows them to the other if theirs are in. */
export async function answerBaseline(
  context: ServiceContext,
  workspaceId: string,
  given: { viewId: string; userId: string; enrolmentId: string; answers: BaselineAnswers },
): Promise<Result<BaselineOpened, BaselineProblem>> {
  const { viewId, userId, enrolmentId } = given;
  const answers = baselineAnswersSchema.parse(given.answers);
  const at = new Date(context.clock.now());
  const saved = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<BaselineOpened, BaselineProblem>> => {
      const own = await opened(trx, workspaceId, userId, enrolmentId);
      if (!own.ok) return own;
      const contentHash = contentHashOf(answers);
      // One modal goes through the whole team, a rep after the other.
      const view = `${viewId}#${enrolmentId}`;
      await noteSubmission(trx, workspaceId, { viewId: view, contentHash, at });
      const { side } = own.value;
      if (own.value.own?.join() === answers.join()) return own;
      const id = await saveBaseline(trx, workspaceId, {
        enrolmentId,
        side,
        answers,
        answeredBy: userId,
        answeredAt: at,
      });
      const record = { kind: 'baseline', id } as const;
      await keepRevisionOf(trx, workspaceId, record, { content: answers, savedAt: at, savedBy: userId });
      const notes = { subjectId: enrolmentId, kinds: ['baseline'] as const };
      await settleNotes(trx, workspaceId, { ...notes, receiverId: userId }, at);
      await touchNotes(trx, workspaceId, notes);
      return opened(trx, workspaceId, userId, enrolmentId);
    },
  );
  if (saved.ok) context.wake(workspaceId);
  return saved;
}

async function opened(
  trx: Trx,
  workspaceId: string,
  userId: string,
  enrolmentId: string,
): Promise<Result<BaselineOpened, BaselineProblem>> {
  const [enrolment] = await enrolmentsWhere(trx, workspaceId, { ids: [enrolmentId] });
  if (enrolment === undefined) return denied({ kind: 'not_yours' });
  const { programmeId, repId, repName, managerId } = enrolment;
  const relations = await relationsTo(trx, workspaceId, userId, repId);
  const isRep = mayDo(relations, 'answer_check_in_as_rep');
  if (!isRep && !mayDo(relations, 'answer_check_in_as_manager')) return denied({ kind: 'not_yours' }, repId);
  const programme = await findProgramme(trx, workspaceId, programmeId);
  const current = await enrolmentsWhere(trx, workspaceId, { programmeId });
  const isIn = current.some(({ id }) => id === enrolmentId);
  if (programme === undefined || programme.endedAt !== null || !isIn) return refused({ kind: 'called_off' });
  const side = isRep ? 'rep' : 'manager';
  const baselines = await baselinesOf(
    trx,
    workspaceId,
    current.map(({ id }) => id),
  );
  const of = (which: CheckInSide) =>
    baselines.find((one) => one.enrolmentId === enrolmentId && one.side === which)?.answers;
  const own = of(side);
  const { pillarNames } = await currentSettings(trx, workspaceId);
  return done({
    enrolmentId,
    side,
    programme,
    repId,
    repName,
    managerName: managerId === null ? undefined : (await findMember(trx, workspaceId, managerId))?.name,
    own,
    other: own === undefined ? undefined : of(isRep ? 'manager' : 'rep'),
    next: isRep ? [] : unansweredBy(userId, enrolmentId, current, baselines),
    pillarNames,
  });
}

function unansweredBy(
  managerId: string,
  otherThan: string,
  enrolments: readonly Enrolment[],
  baselines: readonly Baseline[],
): BaselineOpened['next'] {
  const answered = new Set(baselines.filter(({ side }) => side === 'manager').map((one) => one.enrolmentId));
  return enrolments
    .filter(
      (one) => one.managerId === managerId && one.asked && one.id !== otherThan && !answered.has(one.id),
    )
    .map(({ id, repName }) => ({ enrolmentId: id, repName }));
}
