import type { Settings } from '#domain/settings.ts';
import { toInstant } from '#domain/time/zone.ts';
import type { Commitment } from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { markMessagesShowing } from '#storage/messages.ts';
import { currentSettings } from '#storage/settings.ts';
import { historyOfSubject, takeBack } from '#storage/taken-back.ts';
import {
  endOpenOfSubject,
  excuseOccurrence,
  moveOccurrence,
  openOfSubject,
  tellFirstOccurrence,
  tellOccurrence,
} from '#storage/told-occurrences.ts';

/** A commitment as far as its duty depends on it. */
export type Asked = Pick<Commitment, 'id' | 'managerId' | 'repId' | 'by'>;

const day = 24 * 60 * 60_000;

/**
 * What became of a commitment is asked of the manager, from its date on. A date that changes moves what is open;
 * where an earlier asking has ended, this makes another.
 */
export async function askAboutCommitment(trx: Trx, workspaceId: string, one: Asked): Promise<void> {
  const manager = await findMember(trx, workspaceId, one.managerId);
  if (manager === undefined) throw new Error(`a commitment with ${one.managerId}, who is no member`);
  const when = whenAsked(one.by, manager.timeZone, await currentSettings(trx, workspaceId));
  const [open] = await openAbout(trx, workspaceId, one.id);
  if (open !== undefined && open.askedId === one.managerId) {
    if (open.dueAt.getTime() !== when.dueAt.getTime()) await moveOccurrence(trx, workspaceId, open.id, when);
    return;
  }
  const { made } = await historyOfSubject(trx, workspaceId, one.id, one.managerId);
  await tellOccurrence(trx, workspaceId, {
    kind: 'commitment',
    askedId: one.managerId,
    aboutId: one.repId,
    subjectId: one.id,
    period: made === 0 ? 'C' : `C${made + 1}`,
    ...when,
  });
}

/** The same of a commitment that is being made: nothing was asked about it before. */
export async function askAboutNew(
  trx: Trx,
  workspaceId: string,
  one: Asked,
  { managerZone, settings }: { managerZone: string; settings: Settings },
): Promise<void> {
  await tellFirstOccurrence(trx, workspaceId, {
    kind: 'commitment',
    askedId: one.managerId,
    aboutId: one.repId,
    subjectId: one.id,
    period: 'C',
    ...whenAsked(one.by, managerZone, settings),
  });
}

function whenAsked(by: string, zone: string, { cardTime, commitmentClosesAfterDays }: Settings) {
  const dueAt = toInstant({ date: by, time: cardTime }, zone);
  return { dueAt: new Date(dueAt), closesAt: new Date(dueAt + commitmentClosesAfterDays * day) };
}

/** Its outcome is recorded, wherever that was. */
export async function answeredAboutCommitment(
  trx: Trx,
  workspaceId: string,
  commitmentId: string,
  at: Date,
): Promise<void> {
  const ended = await endAskingAbout(trx, workspaceId, commitmentId, at);
  await markMessagesShowing(
    trx,
    ended.map((id) => ({ workspaceId, id })),
  );
}

/** The same, for whoever marks its messages with others. */
export function endAskingAbout(
  trx: Trx,
  workspaceId: string,
  commitmentId: string,
  at: Date,
): Promise<string[]> {
  const asked = { kind: 'commitment', subjectId: commitmentId } as const;
  return endOpenOfSubject(trx, workspaceId, asked, { state: 'done', reason: null, at });
}

/** Nobody is to be asked about it any more. */
export async function dropAskingAbout(
  trx: Trx,
  workspaceId: string,
  commitmentId: string,
  reason: 'withdrawn' | 'replaced' | 'manager_changed',
  at: Date,
): Promise<void> {
  for (const { id } of await openAbout(trx, workspaceId, commitmentId)) {
    await excuseOccurrence(trx, workspaceId, id, reason, at);
  }
}

/** The outcome that was recorded is taken back, and asked for anew. */
export async function askAgainAboutCommitment(trx: Trx, workspaceId: string, one: Asked): Promise<void> {
  const { done } = await historyOfSubject(trx, workspaceId, one.id, one.managerId);
  await takeBack(trx, workspaceId, done);
  await askAboutCommitment(trx, workspaceId, one);
}

async function openAbout(trx: Trx, workspaceId: string, commitmentId: string) {
  const open = await openOfSubject(trx, workspaceId, commitmentId);
  return open.filter(({ kind }) => kind === 'commitment');
}
