import { checkInsAhead, isAskedIn, isBaselineAsked } from '#domain/programme.ts';
import type { Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import { baselinesOf } from '#storage/baselines.ts';
import { type CheckInDate, tellCheckIns } from '#storage/check-in-dates.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import { type Enrolment, enrolmentsWhere, insertEnrolments, type Programme } from '#storage/programmes.ts';
import { putManyOnCards } from './put-many-on-cards.ts';

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
  const joining = reps
    .filter(({ id }) => !isIn.has(id))
    .map(({ id, wave }) => ({ programmeId: programme.id, repId: id, wave, asked: isAskedIn(wave) }));
  const ids = await insertEnrolments(trx, workspaceId, joining, made);
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

/** Puts the questions before the training on the cards of those who have not answered them; once for each at a time. */
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
  const notes = asked.flatMap(({ id, repId, managerId }) => {
    const sides = answered.filter((one) => one.enrolmentId === id).map(({ side }) => side);
    const receivers = [
      ...(sides.includes('rep') ? [] : [repId]),
      ...(sides.includes('manager') || managerId === null ? [] : [managerId]),
    ];
    return receivers.map((receiverId) => ({
      kind: 'baseline' as const,
      receiverId,
      aboutId: repId,
      subjectId: id,
    }));
  });
  await putManyOnCards(trx, workspaceId, notes, now);
}
