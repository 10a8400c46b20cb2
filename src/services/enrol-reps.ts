import { checkInsAhead, isAskedIn, isBaselineAsked } from '#domain/programme.ts';
import type { Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import { baselinesOf } from '#storage/baselines.ts';
import { type CheckInDate, tellCheckIns } from '#storage/check-in-dates.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import { type Enrolment, enrolmentsWhere, insertEnrolment, type Programme } from '#storage/programmes.ts';
import { putOnCard } from './put-on-card.ts';

/** Enrols reps who are not in the programme yet, and sets out what they will be asked. */
export async function enrolReps(
  trx: Trx,
  workspaceId: string,
  programme: Programme,
  reps: readonly Member[],
  settings: Settings,
  made: { by: string; at: Date },
): Promise<Enrolment[]> {
  const before = await enrolmentsWhere(trx, workspaceId, { programmeId: programme.id });
  const isIn = new Set(before.map(({ repId }) => repId));
  const ids: string[] = [];
  for (const rep of reps.filter(({ id }) => !isIn.has(id))) {
    const one = { programmeId: programme.id, repId: rep.id, wave: rep.wave, asked: isAskedIn(rep.wave) };
    ids.push(await insertEnrolment(trx, workspaceId, one, made));
  }
  const joined = await enrolmentsWhere(trx, workspaceId, { ids });
  await tellCheckIns(trx, workspaceId, datesAhead(programme, joined, settings, made.at.getTime()));
  await askBaseline(trx, workspaceId, programme, joined, made.at.getTime());
  return joined;
}

export function datesAhead(
  { sessionOn }: Programme,
  enrolments: readonly Enrolment[],
  settings: Settings,
  now: number,
): CheckInDate[] {
  return enrolments
    .filter(({ asked }) => asked)
    .flatMap(({ id, repId, repTime }) =>
      checkInsAhead(sessionOn, repTime, settings, now).map(({ day, dueAt, closesAt }) => ({
        enrolmentId: id,
        repId,
        day,
        dueAt,
        closesAt,
      })),
    );
}

/** Puts the questions before the training on the cards of those who have not answered them; once for each. */
export async function askBaseline(
  trx: Trx,
  workspaceId: string,
  { sessionOn }: Programme,
  enrolments: readonly Enrolment[],
  now: number,
): Promise<void> {
  const asked = enrolments.filter(
    (one) => one.asked && isBaselineAsked(sessionOn, toLocal(now, one.repTime.zone).date),
  );
  const answered = await baselinesOf(
    trx,
    workspaceId,
    asked.map(({ id }) => id),
  );
  for (const { id, repId, managerId } of asked) {
    const sides = answered.filter((one) => one.enrolmentId === id).map(({ side }) => side);
    const receivers = [
      ...(sides.includes('rep') ? [] : [repId]),
      ...(sides.includes('manager') || managerId === null ? [] : [managerId]),
    ];
    for (const receiverId of receivers) {
      const note = { kind: 'baseline' as const, receiverId, aboutId: repId, subjectId: id };
      await putOnCard(trx, workspaceId, note, 'morning', now);
    }
  }
}
