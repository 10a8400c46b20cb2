import { mayBeMessaged } from '#domain/people.ts';
import { noteInAudit } from '#storage/audit.ts';
import type { Trx } from '#storage/database.ts';
import { type Member, membersById } from '#storage/members.ts';
import { forgetNewcomers } from '#storage/newcomers.ts';
import { lockPeople } from '#storage/people-lock.ts';
import { currentLines, linesLeftBy } from '#storage/reporting.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { applyPeople } from './apply-people.ts';
import { followStatuses } from './follow-status.ts';
import { changesBetween, type PeopleToSave } from './plan-people.ts';
import { admitted, type SlackPerson } from './slack-people.ts';

/**
 * What Slack says of people now: their names, addresses and zones, whether they are away, and whether they are still
 * there. Who is not in Sideline is left out. Says of how many something has changed.
 */
export async function followPeople(
  context: ServiceContext,
  workspaceId: string,
  people: readonly SlackPerson[],
): Promise<number> {
  const now = new Date(context.clock.now());
  const changed = await context.database.inWorkspace(workspaceId, (trx) =>
    followIn(trx, workspaceId, people, now),
  );
  // Messages that ask about them have changed.
  if (changed > 0) context.wake(workspaceId);
  return changed;
}

async function followIn(
  trx: Trx,
  workspaceId: string,
  people: readonly SlackPerson[],
  now: Date,
): Promise<number> {
  await forgetNewcomers(
    trx,
    workspaceId,
    people.filter(({ status }) => status !== 'active').map(({ id }) => id),
  );
  await lockPeople(trx, workspaceId);
  const settings = await currentSettings(trx, workspaceId);
  const ids = people.map(({ id }) => id);
  const known = new Map((await membersById(trx, workspaceId, ids)).map((one) => [one.id, one]));
  const save = people.flatMap((person) => {
    const before = known.get(person.id);
    if (before === undefined) return [];
    const after = asOfNow(before, person, settings);
    return changesBetween(before, after).length === 0 ? [] : [{ before, after }];
  });
  await becomeThese(trx, workspaceId, save, now);
  const absences = await followStatuses(trx, workspaceId, people, now);
  return save.length + absences;
}

/** Of who left only that is taken: Slack has no zone for them, and their name stays what it was. */
function asOfNow(before: Member, person: SlackPerson, settings: { guestsAllowed: boolean }): Member {
  const status = admitted(person, settings);
  if (status === 'deactivated') return { ...before, status };
  const { name, email, timeZone } = person;
  return { ...before, name, email, timeZone, status };
}

/**
 * Who leaves reports to nobody and manages nobody from then on: of them and about them nobody is asked any more, and
 * reps are shown as having no manager. Who comes back finds the lines that ended so, unless another has begun since.
 */
export async function becomeThese(
  trx: Trx,
  workspaceId: string,
  save: readonly { before: Member; after: Member }[],
  now: Date,
  actorId = 'slack',
): Promise<void> {
  if (save.length === 0) return;
  const wasThere = ({ before }: { before: Member }) => mayBeMessaged(before.status);
  const isThere = ({ after }: { after: Member }) => mayBeMessaged(after.status);
  const gone = save.filter((one) => wasThere(one) && !isThere(one)).map(({ after }) => after.id);
  const back = save.filter((one) => !wasThere(one) && isThere(one)).map(({ after }) => after.id);
  const managers: PeopleToSave['managers'] = new Map();
  const left = new Set<string>();
  if (gone.length > 0) {
    for (const { repId } of await currentLines(trx, workspaceId, new Set(gone))) {
      managers.set(repId, undefined);
      left.add(repId);
    }
  }
  for (const line of await linesToRestore(trx, workspaceId, back, save))
    managers.set(line.repId, line.managerId);
  const moved = await applyPeople(trx, workspaceId, { save: [...save], managers }, now, left);
  await noteInAudit(
    trx,
    workspaceId,
    ...moved.map(({ repId, from = null, to = null }) => ({
      actorId,
      what: 'manager_changed' as const,
      aboutId: repId,
      detail: { from, to },
      at: now,
    })),
  );
}

async function linesToRestore(
  trx: Trx,
  workspaceId: string,
  back: readonly string[],
  save: readonly { after: Member }[],
) {
  if (back.length === 0) return [];
  const lines = await linesLeftBy(trx, workspaceId, back);
  const others = await membersById(
    trx,
    workspaceId,
    lines.flatMap(({ repId, managerId }) => [repId, managerId]),
  );
  const people = new Map([...others, ...save.map(({ after }) => after)].map((one) => [one.id, one]));
  const isHere = (id: string): boolean => mayBeMessaged(people.get(id)?.status ?? 'deactivated');
  return lines.filter(
    ({ repId, managerId }) =>
      isHere(repId) && isHere(managerId) && people.get(managerId)?.roles.includes('manager') === true,
  );
}
