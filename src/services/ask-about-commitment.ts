import { toInstant } from '#domain/time/zone.ts';
import type { Commitment } from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { markDone } from '#storage/occurrences.ts';
import { currentSettings } from '#storage/settings.ts';
import { historyOfSubject, takeBack } from '#storage/taken-back.ts';
import {
  excuseOccurrence,
  moveOccurrence,
  openOfSubject,
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
  const { cardTime, commitmentClosesAfterDays } = await currentSettings(trx, workspaceId);
  const dueAt = toInstant({ date: one.by, time: cardTime }, manager.timeZone);
  const when = { dueAt: new Date(dueAt), closesAt: new Date(dueAt + commitmentClosesAfterDays * day) };
  const [open] = await openAbout(trx, workspaceId, one.id);
  if (open !== undefined && open.askedId === one.managerId) {
    if (open.dueAt.getTime() !== dueAt) await moveOccurrence(trx, workspaceId, open.id, when);
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

/** Its outcome is recorded, wherever that was. */
export async function answeredAboutCommitment(
  trx: Trx,
  workspaceId: string,
  commitmentId: string,
  at: Date,
): Promise<void> {
  for (const { id } of await openAbout(trx, workspaceId, commitmentId)) {
    await markDone(trx, workspaceId, id, at);
    await markMessagesOf(trx, workspaceId, id);
  }
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
