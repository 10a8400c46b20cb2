import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { standInsNow } from '#storage/absences.ts';
import { noteAccess } from '#storage/access-records.ts';
import { type Commitment, openCommitment } from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';
import { openOccurrenceOfPair } from '#storage/occurrences.ts';
import { pairPeople } from '#storage/pair-people.ts';
import { findPreparation } from '#storage/preparations.ts';
import type { StandIns } from '#storage/relations.ts';
import { currentSettings } from '#storage/settings.ts';
import { takenBackOfPair } from '#storage/taken-back.ts';
import { together } from '#storage/together.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { behavioursOf, sameWords } from './habits.ts';
import { may } from './may.ts';

/** Why somebody may not log a 1:1 with somebody. */
export type NotYourOneOnOne =
  | { kind: 'you_are_unknown' }
  | { kind: 'yourself' }
  | { kind: 'rep_unknown'; repId: string }
  | { kind: 'not_your_report'; repId: string; repName: string };

export interface OneOnOneToLog {
  repId: string;
  repName: string;
  occurrenceId: string | undefined;
  /** What the rep wrote before the 1:1, shown before the manager writes. */
  preparation: string | undefined;
  commitment: Commitment | undefined;
  /** How often it was done unasked, where it has become a habit. */
  habit: { times: number; accounts: number } | undefined;
  pillarNames: Settings['pillarNames'];
  today: string;
  /** The date proposed for the one thing to try: a week from today. */
  by: string;
}

/** What the manager, or who stands in for them, is shown before writing. */
export async function openOneOnOne(
  context: ServiceContext,
  workspaceId: string,
  writerId: string,
  repId: string,
): Promise<Result<OneOnOneToLog, NotYourOneOnOne>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const standIns = standInsNow(trx, workspaceId, new Date(now));
    const pair = await pairOf(trx, workspaceId, writerId, repId, standIns);
    if (!pair.ok) return pair;
    const { managerId, managerZone, repName } = pair.value;
    const { date: today } = toLocal(now, managerZone);
    const occurrence = await occurrenceToAnswer(trx, workspaceId, { managerId, repId }, now, managerZone);
    const preparation =
      occurrence === undefined ? undefined : await findPreparation(trx, workspaceId, occurrence.id);
    const commitment = await openCommitment(trx, workspaceId, { managerId, repId });
    const opened = {
      viewerId: writerId,
      personIds: [repId],
      resource: 'one_on_one',
      how: 'form',
      now,
    } as const;
    const [settings] = await together([
      currentSettings(trx, workspaceId),
      noteAccess(trx, workspaceId, opened),
    ]);
    return done({
      repId,
      repName,
      occurrenceId: occurrence?.id,
      preparation: preparation?.answer,
      commitment,
      habit: commitment && (await habitIn(trx, workspaceId, commitment, settings)),
      pillarNames: settings.pillarNames,
      today,
      by: addDays(today, 7),
    });
  });
}

/** Whether what is agreed on is done without asking by now. */
export async function habitIn(
  trx: Trx,
  workspaceId: string,
  { repId, text }: Pick<Commitment, 'repId' | 'text'>,
  settings: Settings,
): Promise<{ times: number; accounts: number } | undefined> {
  const behaviours = await behavioursOf(trx, workspaceId, [repId], settings);
  const progress = behaviours.find((one) => sameWords(one.text) === sameWords(text))?.progress;
  return progress?.habitual === true
    ? { times: progress.applications, accounts: progress.accounts }
    : undefined;
}

export interface Pair {
  /** Whom the rep reports to, and whose 1:1 it is; not the one who writes where that one stands in. */
  managerId: string;
  repName: string;
  managerZone: string;
  /** Of whom the rep reports to, whoever writes. */
  ownManagerZone: string;
  managerDays: number[];
}

/** Who writes, and the pair whose 1:1 it is. Without stand-ins, only the manager may. */
export async function pairOf(
  trx: Trx,
  workspaceId: string,
  writerId: string,
  repId: string,
  standIns: StandIns = [],
): Promise<Result<Pair, NotYourOneOnOne>> {
  const asking = { workspaceId, viewerId: writerId, subjectId: repId, standIns };
  const [{ writer, repName, manager }, allowed] = await together([
    pairPeople(trx, workspaceId, writerId, repId),
    may(trx, asking, 'log_one_on_one'),
  ]);
  if (writer === undefined) return refused({ kind: 'you_are_unknown' });
  if (writerId === repId) return refused({ kind: 'yourself' });
  if (repName === undefined) return refused({ kind: 'rep_unknown', repId });
  if (manager === undefined || !allowed) return denied({ kind: 'not_your_report', repId, repName }, repId);
  return done({
    managerId: manager.id,
    repName,
    managerZone: writer.zone,
    ownManagerZone: manager.zone,
    managerDays: writer.days,
  });
}

/**
 * The occurrence a log answers: the oldest up to the end of this local week that is open, or whose log was
 * withdrawn. Next week's, though planned already, is not answered by a second conversation this week.
 */
export async function occurrenceToAnswer(
  trx: Trx,
  workspaceId: string,
  pair: { managerId: string; repId: string },
  now: number,
  zone: string,
): Promise<{ id: string } | undefined> {
  const { date, weekday } = toLocal(now, zone);
  const nextWeek = startOfDay(addDays(date, 8 - weekday), zone);
  const [open, withdrawn] = await together([
    openOccurrenceOfPair(trx, workspaceId, 'one_on_one', pair.managerId, pair.repId),
    takenBackOfPair(trx, workspaceId, 'one_on_one', pair, new Date(now)),
  ]);
  return [open, withdrawn]
    .filter((one) => one !== undefined)
    .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
    .find((one) => one.dueAt.getTime() < nextWeek);
}
