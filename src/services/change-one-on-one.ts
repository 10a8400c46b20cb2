import { z } from 'zod';
import { conversationAbout, evidences, gaps, outcomes } from '#domain/one-on-one.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { standInsNow } from '#storage/absences.ts';
import { noteAccess } from '#storage/access-records.ts';
import { agreedBefore, commitmentOfLog } from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { findLog, logsWrittenBy, type OneOnOneLog, revisionsOfLog } from '#storage/one-on-one-logs.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import type { NotYourLog } from './log-one-on-one.ts';
import { type NotYourOneOnOne, type OneOnOneToLog, pairOf } from './open-one-on-one.ts';

/** What a version of a log holds; what it held before some field existed is read as well. */
export const SavedContent = z.object({
  about: z.enum(conversationAbout),
  heldOn: z.string(),
  takeaway: z.string(),
  keep: z.boolean(),
  by: z.string(),
  last: z
    .object({
      commitmentId: z.string(),
      outcome: z.enum(outcomes),
      evidence: z.enum(evidences),
      account: z.string().optional(),
    })
    .optional(),
  privateNote: z.string().optional(),
  insisted: z.boolean(),
  focus: z.string().optional(),
  gap: z.enum(gaps).optional(),
  minutes: z.number().optional(),
  blockers: z.string().optional(),
  nextOn: z.string().optional(),
});
export type SavedContent = z.infer<typeof SavedContent>;

export interface OneOnOneToChange extends OneOnOneToLog {
  logId: string;
  saved: SavedContent;
}

export type ChangeProblem = NotYourOneOnOne | NotYourLog;

/** A log as its writer is shown it, to change it. */
export async function openChange(
  context: ServiceContext,
  workspaceId: string,
  writerId: string,
  logId: string,
): Promise<Result<OneOnOneToChange, ChangeProblem>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const own = await ownLog(trx, workspaceId, writerId, logId, now);
    if (!own.ok) return own;
    const { log, pair } = own.value;
    const [latest] = await revisionsOfLog(trx, workspaceId, logId, 1);
    // Its words were removed when they grew too old.
    if (latest === undefined) return refused({ kind: 'withdrawn' });
    const saved = SavedContent.parse(latest.content);
    const opened = {
      viewerId: writerId,
      personIds: [log.repId],
      resource: 'one_on_one',
      how: 'form',
      now,
    } as const;
    await noteAccess(trx, workspaceId, opened);
    const answered = await commitmentOfLog(trx, workspaceId, logId, 'answered');
    const before =
      answered ??
      (saved.keep
        ? await agreedBefore(trx, workspaceId, { managerId: pair.managerId, repId: log.repId }, logId)
        : undefined);
    return done({
      logId,
      saved,
      repId: log.repId,
      repName: pair.repName,
      occurrenceId: undefined,
      preparation: undefined,
      commitment: before,
      habit: undefined,
      pillarNames: (await currentSettings(trx, workspaceId)).pillarNames,
      today: toLocal(now, pair.managerZone).date,
      by: saved.by,
    });
  });
}

/** The log, if it is this person's to change: they wrote it, and may still log for this rep. */
export async function ownLog(trx: Trx, workspaceId: string, writerId: string, logId: string, now: number) {
  const log: OneOnOneLog | undefined = await findLog(trx, workspaceId, { logId });
  if (log?.managerId !== writerId) return denied({ kind: 'not_your_log' as const }, log?.repId);
  if (log.withdrawnAt !== null) return refused({ kind: 'withdrawn' as const });
  const standIns = standInsNow(trx, workspaceId, new Date(now));
  const pair = await pairOf(trx, workspaceId, writerId, log.repId, standIns);
  return pair.ok ? done({ log, pair: pair.value }) : pair;
}

export interface LoggedToday {
  logId: string;
  repId: string;
  repName: string;
  /** In the writer's wall time. */
  time: string;
}

/** What the writer has logged for a rep today already; the latest. */
export async function loggedToday(
  context: ServiceContext,
  workspaceId: string,
  writerId: string,
  repId: string,
): Promise<LoggedToday | undefined> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const writer = await findMember(trx, workspaceId, writerId);
    if (writer === undefined) return undefined;
    const { date } = toLocal(now, writer.timeZone);
    const since = new Date(startOfDay(date, writer.timeZone));
    const [log] = await logsWrittenBy(trx, workspaceId, writerId, { since, repId, most: 1 });
    if (log === undefined) return undefined;
    const { time } = toLocal(log.loggedAt.getTime(), writer.timeZone);
    return { logId: log.id, repId, repName: log.repName, time };
  });
}
