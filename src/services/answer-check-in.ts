import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { mayDo } from '#domain/action.ts';
import { checkInPeriod, isForManagerToo } from '#domain/duty.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { CheckInSide } from '#domain/retention.ts';
import type { Settings } from '#domain/settings.ts';
import {
  type CheckInAnswers,
  type CheckInFacts,
  checkInsWhere,
  lockCheckIns,
  saveCheckIn,
} from '#storage/check-ins.ts';
import type { Trx } from '#storage/database.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { markDone } from '#storage/occurrences.ts';
import { relationsToAll } from '#storage/relations.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { currentSettings } from '#storage/settings.ts';
import { noteSubmission } from '#storage/submissions.ts';
import type { ServiceContext } from '../context.ts';

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
      const own = await ownOf(trx, workspaceId, found, { userId, side });
      if (own.length === 0) return refused({ kind: 'not_yours' });
      const contentHash = createHash('sha256').update(JSON.stringify(given.rows)).digest('hex');
      await noteSubmission(trx, workspaceId, { viewId, contentHash, at });
      const settings = await currentSettings(trx, workspaceId);
      let late = false;
      for (const facts of own) {
        const row = given.rows.find((one) => one.occurrenceId === facts.occurrenceId);
        if (row === undefined) continue;
        late ||= await saveSide(trx, workspaceId, facts, row, { side, userId, settings, at });
      }
      return done({
        late,
        changed: [...new Set(own.flatMap(({ repId, managerId }) => [repId, managerId ?? repId]))],
        leftOut: found.filter((one) => !own.includes(one)).map(({ repName }) => repName),
      });
    },
  );
  if (saved.ok) context.wake(workspaceId);
  return saved;
}

async function ownOf(
  trx: Trx,
  workspaceId: string,
  found: readonly CheckInFacts[],
  { userId, side }: { userId: string; side: CheckInSide },
): Promise<CheckInFacts[]> {
  const action = side === 'rep' ? 'answer_check_in_as_rep' : 'answer_check_in_as_manager';
  const repIds = [...new Set(found.map(({ repId }) => repId))];
  const relations = await relationsToAll(trx, workspaceId, userId, repIds);
  return found.filter(({ repId }) => mayDo(relations.get(repId) ?? [], action));
}

/** Says whether it came late. The same again changes nothing; something else is a correction. */
async function saveSide(
  trx: Trx,
  workspaceId: string,
  facts: CheckInFacts,
  { answers, example = null }: { answers: CheckInAnswers; example?: string | null | undefined },
  by: { side: CheckInSide; userId: string; settings: Settings; at: Date },
): Promise<boolean> {
  const { side, userId, settings, at } = by;
  const { occurrenceId, enrolmentId, day } = facts;
  const before = facts[side];
  if (before !== null && isDeepStrictEqual(before.answers, answers) && before.example === example) {
    return before.late;
  }
  const late = before?.late ?? (facts.state === 'expired' || facts.state === 'excused');
  const id = await saveCheckIn(trx, workspaceId, {
    enrolmentId,
    day,
    side,
    occurrenceId,
    answers,
    example,
    late,
    answeredBy: userId,
    answeredAt: at,
  });
  await keepRevisionOf(
    trx,
    workspaceId,
    { kind: 'check_in', id },
    { content: { answers, example }, savedAt: at, savedBy: userId },
  );
  const sides = { rep: facts.rep !== null, manager: facts.manager !== null, [side]: true };
  if (isAnswered(facts, sides, settings)) await markDone(trx, workspaceId, occurrenceId, at);
  await markMessagesOf(trx, workspaceId, occurrenceId);
  return late;
}

/** Nobody can be waited for where there is no manager. */
function isAnswered(
  { day, managerId }: Pick<CheckInFacts, 'day' | 'managerId'>,
  sides: { rep: boolean; manager: boolean },
  settings: Settings,
): boolean {
  const managerToo = managerId !== null && isForManagerToo(checkInPeriod(day), settings);
  return sides.rep && (sides.manager || !managerToo);
}
