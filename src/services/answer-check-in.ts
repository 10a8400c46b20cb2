import { isDeepStrictEqual } from 'node:util';
import { checkInPeriod, isForManagerToo } from '#domain/duty.ts';
import { done, type Result } from '#domain/result.ts';
import type { CheckInSide } from '#domain/retention.ts';
import type { Settings } from '#domain/settings.ts';
import {
  type CheckInAnswers,
  type CheckInFacts,
  type CheckInToSave,
  checkInsWhere,
  fulfilCheckIns,
  lockCheckIns,
  saveCheckIns,
} from '#storage/check-ins.ts';
import { markMessagesShowing } from '#storage/messages.ts';
import { keepRevisionsOf } from '#storage/revisions.ts';
import { currentSettings } from '#storage/settings.ts';
import { noteSubmission } from '#storage/submissions.ts';
import type { ServiceContext } from '../context.ts';
import { contentHashOf } from './content-hash.ts';
import { denied } from './denials.ts';
import { ownCheckIns } from './own-check-ins.ts';

/** What is said of one rep. */
export interface GivenAnswers {
  occurrenceId: string;
  answers: CheckInAnswers;
  example: string | undefined;
}

export interface CheckInSaved {
  late: boolean;
  /** Who sees something else on their Home now. */
  changed: string[];
  /** Reps whose answers were not kept, because they report to somebody else now. */
  leftOut: string[];
}

/** One side's answers, of one rep or of a whole team; each is kept, and the second of two sides fulfils it. */
export async function answerCheckIns(
  context: ServiceContext,
  workspaceId: string,
  given: { viewId: string; userId: string; side: CheckInSide; rows: readonly GivenAnswers[] },
): Promise<Result<CheckInSaved, { kind: 'not_yours' }>> {
  const at = new Date(context.clock.now());
  const saved = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<CheckInSaved, { kind: 'not_yours' }>> => {
      const { viewId, userId, side } = given;
      const occurrenceIds = given.rows.map((one) => one.occurrenceId);
      await lockCheckIns(trx, workspaceId, occurrenceIds);
      const found = await checkInsWhere(trx, workspaceId, { occurrenceIds });
      const settings = await currentSettings(trx, workspaceId);
      const asked = found.filter((facts) => isAsked(facts, side, settings, at));
      const own = await ownCheckIns(trx, workspaceId, asked, { userId, side });
      if (own.length === 0) return denied({ kind: 'not_yours' });
      const contentHash = contentHashOf(given.rows);
      await noteSubmission(trx, workspaceId, { viewId, contentHash, at });
      const changes = own.flatMap((facts) => {
        const row = given.rows.find((one) => one.occurrenceId === facts.occurrenceId);
        return row === undefined ? [] : changeOf(facts, side, row);
      });
      const kept = await saveCheckIns(trx, workspaceId, changes, { by: userId, at });
      const revisions = kept.map(({ id, ...content }) => ({ id, content }));
      await keepRevisionsOf(trx, workspaceId, 'check_in', revisions, { savedAt: at, savedBy: userId });
      const changed = own.filter((facts) =>
        changes.some(({ occurrenceId }) => occurrenceId === facts.occurrenceId),
      );
      const answered = changed.filter((facts) => isAnswered(facts, side, settings)).map(idOf);
      await fulfilCheckIns(trx, workspaceId, answered, at);
      await markMessagesShowing(
        trx,
        changed.map((facts) => ({ workspaceId, id: idOf(facts) })),
      );
      return done({
        late: changes.some(({ late }) => late),
        // The other side sees something else only once both are in.
        changed: [
          ...new Set([
            userId,
            ...changed
              .filter((facts) => facts[side === 'rep' ? 'manager' : 'rep'] !== null)
              .flatMap(({ repId, managerId }) => [repId, managerId ?? repId]),
          ]),
        ],
        leftOut: found.filter((one) => !own.includes(one)).map(({ repName }) => repName),
      });
    },
  );
  if (saved.ok) context.wake(workspaceId);
  return saved;
}

/** What the form carries is checked again: nobody answers ahead of the day, nor a manager what is for the rep alone. */
const isAsked = ({ day, dueAt }: CheckInFacts, side: CheckInSide, settings: Settings, at: Date): boolean =>
  dueAt <= at && (side === 'rep' || isForManagerToo(checkInPeriod(day), settings));

const idOf = ({ occurrenceId }: CheckInFacts): string => occurrenceId;

/** The same again changes nothing; something else is a correction. */
function changeOf(
  { enrolmentId, day, occurrenceId, state, ...facts }: CheckInFacts,
  side: CheckInSide,
  { answers, example = null }: { answers: CheckInAnswers; example?: string | null | undefined },
): CheckInToSave[] {
  const before = facts[side];
  if (before !== null && isDeepStrictEqual(before.answers, answers) && before.example === example) return [];
  const late = before?.late ?? (state === 'expired' || state === 'excused');
  return [{ enrolmentId, day, side, occurrenceId, answers, example, late }];
}

/** Once this side is in; nobody can be waited for where there is no manager. */
function isAnswered(facts: CheckInFacts, side: CheckInSide, settings: Settings): boolean {
  const { day, managerId } = facts;
  const sides = { rep: facts.rep !== null, manager: facts.manager !== null, [side]: true };
  const managerToo = managerId !== null && isForManagerToo(checkInPeriod(day), settings);
  return sides.rep && (sides.manager || !managerToo);
}
