import { mayBeMessaged } from '#domain/people.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import { peopleAround } from '#storage/people-around.ts';
import { repsWithPractice } from '#storage/practice-assignments.ts';
import { currentLines, type LineMoved } from '#storage/reporting.ts';
import { savePeople } from '#storage/save-people.ts';
import { alignCadences } from './align-cadences.ts';
import { alignPractice } from './align-practice.ts';
import { followMove, hasMoved } from './follow-move.ts';
import { beginWith, followIntoPilot } from './pilot.ts';
import type { PeopleToSave } from './plan-people.ts';
import { setManagers } from './set-managers.ts';

/**
 * Makes people what they are to be, wherever that came from: saved, their reporting lines changed with history, and
 * what is asked of them and about them moved along. `left`: reps whose line ends because one of the two left Slack.
 * The caller wakes the workspace once this is committed.
 */
export async function applyPeople(
  trx: Trx,
  workspaceId: string,
  { save, managers }: PeopleToSave,
  now: Date,
  left: ReadonlySet<string> = new Set(),
): Promise<LineMoved[]> {
  await savePeople(
    trx,
    workspaceId,
    save.map(({ after }) => after),
    now,
  );
  const moved = await setManagers(trx, workspaceId, managers, now, left);
  const inRoles = save.filter(({ before, after }) => before === undefined || isAnother(before, after));
  const changed = new Set([
    ...inRoles.map(({ after }) => after.id),
    ...moved.flatMap(({ repId, from, to }) => [repId, from, to].filter((id) => id !== undefined)),
  ]);
  if (changed.size > 0) {
    // Whether a manager still has a team depends on each of its reps.
    const lines = await currentLines(trx, workspaceId, changed);
    const touching = new Set([...changed, ...lines.map(({ managerId }) => managerId)]);
    const people = await peopleAround(trx, workspaceId, touching);
    const newcomers = await followIntoPilot(trx, workspaceId, people);
    await alignCadences(trx, workspaceId, people, now, touching);
    await beginWith(trx, workspaceId, newcomers, now);
  }
  for (const { before, after } of save) {
    if (before !== undefined && hasMoved(before, after)) {
      await followMove(trx, workspaceId, { before, after }, now);
    }
  }
  const practising = save.filter(
    ({ before, after }) => before !== undefined && practisesOtherwise(before, after),
  );
  const reps = await repsWithPractice(
    trx,
    workspaceId,
    practising.map(({ after }) => after.id),
  );
  for (const repId of reps) await alignPractice(trx, workspaceId, repId, now.getTime());
  return moved;
}

const isAnother = (before: Member, after: Member): boolean =>
  before.roles.join() !== after.roles.join() || mayBeMessaged(before.status) !== mayBeMessaged(after.status);

const practisesOtherwise = (before: Member, after: Member): boolean =>
  isAnother(before, after) ||
  before.wave !== after.wave ||
  before.timeZone !== after.timeZone ||
  before.country !== after.country ||
  before.workingDays.join() !== after.workingDays.join();
