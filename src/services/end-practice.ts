import { done, type Result, refused } from '#domain/result.ts';
import type { Trx } from '#storage/database.ts';
import {
  assignmentsOf,
  findAssignment,
  isCurrent,
  lockPractice,
  type PracticeAssignment,
  setBroughtBack,
  setEnded,
} from '#storage/practice-assignments.ts';
import type { ServiceContext } from '../context.ts';
import { alignPractice } from './align-practice.ts';
import { type NotYoursToAssign, repToAssignTo, repToCoach } from './practice-pair.ts';

export type EndingProblem =
  | NotYoursToAssign
  | { kind: 'no_such_assignment' }
  | { kind: 'practising_already'; title: string };

interface Ending {
  managerId: string;
  assignmentId: string;
}

/** Retired: it is mastered as far as the manager sees. Withdrawn: it was not the right thing. Either can be undone. */
export async function endPractice(
  context: ServiceContext,
  workspaceId: string,
  { managerId, assignmentId, as }: Ending & { as: 'retired' | 'withdrawn' },
): Promise<Result<PracticeAssignment, EndingProblem>> {
  return change(context, workspaceId, { managerId, assignmentId }, async (trx, assignment, now) => {
    const rep = await repToCoach(trx, workspaceId, { viewerId: managerId, repId: assignment.repId, now });
    if (!rep.ok) return rep;
    if (isCurrent(assignment)) {
      await setEnded(trx, workspaceId, assignmentId, { as, at: new Date(now), by: managerId });
    }
    return done(undefined);
  });
}

/** Undoes an ending. What had been mastered has to be shown again before it is retired by itself. */
export async function bringBackPractice(
  context: ServiceContext,
  workspaceId: string,
  ending: Ending,
): Promise<Result<PracticeAssignment, EndingProblem>> {
  return change(context, workspaceId, ending, async (trx, assignment, now) => {
    const { repId, itemId, id } = assignment;
    const rep = await repToAssignTo(trx, workspaceId, { viewerId: ending.managerId, repId, now });
    if (!rep.ok) return rep;
    if (isCurrent(assignment)) return done(undefined);
    const current = (await assignmentsOf(trx, workspaceId, [repId])).filter(isCurrent);
    const same = current.find((one) => itemId !== null && one.itemId === itemId);
    if (same !== undefined) return refused({ kind: 'practising_already', title: same.title });
    const recount = assignment.masteredAt !== null;
    await setBroughtBack(trx, workspaceId, id, { at: new Date(now), recount });
    return done(undefined);
  });
}

type Change = (
  trx: Trx,
  assignment: PracticeAssignment,
  now: number,
) => Promise<Result<undefined, EndingProblem>>;

async function change(
  context: ServiceContext,
  workspaceId: string,
  { assignmentId }: Ending,
  make: Change,
): Promise<Result<PracticeAssignment, EndingProblem>> {
  const now = context.clock.now();
  const changed = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<PracticeAssignment, EndingProblem>> => {
      const known = await findAssignment(trx, workspaceId, assignmentId);
      if (known === undefined) return refused({ kind: 'no_such_assignment' });
      await lockPractice(trx, workspaceId, known.repId);
      const assignment = (await findAssignment(trx, workspaceId, assignmentId)) ?? known;
      const made = await make(trx, assignment, now);
      if (!made.ok) return made;
      await alignPractice(trx, workspaceId, known.repId, now);
      return done((await findAssignment(trx, workspaceId, assignmentId)) ?? known);
    },
  );
  if (changed.ok) context.wake(workspaceId);
  return changed;
}
