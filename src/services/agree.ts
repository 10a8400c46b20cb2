import { randomUUID } from 'node:crypto';
import type { Evidence, Outcome } from '#domain/one-on-one.ts';
import type { Settings } from '#domain/settings.ts';
import {
  type Commitment,
  closeCommitment,
  commitmentOfLog,
  dropCommitment,
  insertCommitment,
  openCommitment,
  type Pair,
  reopenCommitment,
  rewordCommitment,
} from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';
import { together } from '#storage/together.ts';
import { endOpenOfSubject } from '#storage/told-occurrences.ts';
import {
  answeredAboutCommitment,
  askAboutCommitment,
  askAboutNew,
  askAgainAboutCommitment,
  dropAskingAbout,
} from './ask-about-commitment.ts';

/** What a log says of the last commitment, and what the pair agrees on now. */
export interface Agreement {
  pair: Pair;
  takeaway: string;
  /** Stay with what was agreed last time. */
  keep: boolean;
  by: string;
  focus?: string | undefined;
  last:
    | { commitmentId: string; outcome: Outcome; evidence: Evidence; account?: string | undefined }
    | undefined;
}

/** What the pair agrees on in a new log: carried forward, or new. `open` is what they had agreed, with its answer noted. */
export async function agree(
  trx: Trx,
  workspaceId: string,
  logId: string,
  {
    agreement,
    open,
    at,
    ...asking
  }: {
    agreement: Agreement;
    open: Commitment | undefined;
    at: Date;
    managerZone: string;
    settings: Settings;
  },
): Promise<void> {
  const { keep, last, by } = agreement;
  if (open !== undefined && keep && last === undefined) {
    await rewordCommitment(trx, workspaceId, open.id, { by });
    await askAboutCommitment(trx, workspaceId, { ...open, by });
    return;
  }
  const one = newCommitment(logId, agreement);
  await together([
    insertCommitment(trx, workspaceId, { ...one, madeAt: at }),
    askAboutNew(trx, workspaceId, one, asking),
  ]);
}

/** What is open and was agreed in a modal that was open before this one was saved: the later word holds. */
export function replacedBy({ keep, last }: Agreement, open: Commitment | undefined): Commitment | undefined {
  const isKept = keep && last === undefined;
  return isKept || open?.id === last?.commitmentId ? undefined : open;
}

/** It gives way. Returns what is asked no more, whose messages are to be marked. */
export async function giveWay(trx: Trx, workspaceId: string, one: Commitment, at: Date): Promise<string[]> {
  const asked = { kind: 'commitment', subjectId: one.id } as const;
  const [, ended] = await together([
    dropCommitment(trx, workspaceId, one.id, 'replaced'),
    endOpenOfSubject(trx, workspaceId, asked, { state: 'excused', reason: 'replaced', at }),
  ]);
  return ended;
}

/** A log that is changed takes along what it agreed on while nobody has said what became of that. */
export async function agreeOtherwise(
  trx: Trx,
  workspaceId: string,
  logId: string,
  agreement: Agreement,
  at: Date,
): Promise<void> {
  const { pair, keep, last, by, takeaway, focus } = agreement;
  const made = await commitmentOfLog(trx, workspaceId, logId, 'made');
  const answered = await commitmentOfLog(trx, workspaceId, logId, 'answered');
  if (keep && last === undefined) {
    if (made !== undefined) await withdrawCommitment(trx, workspaceId, made.id, at);
    if (answered !== undefined) await reopen(trx, workspaceId, answered.id, pair, by);
    const open = await openCommitment(trx, workspaceId, pair);
    if (open === undefined) return;
    await rewordCommitment(trx, workspaceId, open.id, { by });
    await askAboutCommitment(trx, workspaceId, { ...open, by });
    return;
  }
  await answerLast(trx, workspaceId, logId, agreement, at);
  if (made === undefined || made.state === 'withdrawn') {
    if ((await openCommitment(trx, workspaceId, pair)) === undefined) {
      await makeNew(trx, workspaceId, logId, agreement, at);
    }
    return;
  }
  if (await rewordCommitment(trx, workspaceId, made.id, { text: takeaway, by, focus: focus ?? null })) {
    await askAboutCommitment(trx, workspaceId, { ...made, by });
  }
}

/** What a withdrawn log agreed on is withdrawn with it, and what it said of the one before is taken back. */
export async function takeBackAgreement(
  trx: Trx,
  workspaceId: string,
  logId: string,
  at: Date,
): Promise<void> {
  const made = await commitmentOfLog(trx, workspaceId, logId, 'made');
  if (made !== undefined) await withdrawCommitment(trx, workspaceId, made.id, at);
  const answered = await commitmentOfLog(trx, workspaceId, logId, 'answered');
  if (answered === undefined) return;
  // Where the pair has agreed on something else since, that one stays the one that is open.
  if ((await openCommitment(trx, workspaceId, answered)) !== undefined) return;
  await reopen(trx, workspaceId, answered.id, answered, answered.by);
}

async function answerLast(
  trx: Trx,
  workspaceId: string,
  logId: string,
  agreement: Agreement,
  at: Date,
): Promise<void> {
  const closed = await closeLast(trx, workspaceId, logId, agreement, at);
  if (closed !== undefined) await answeredAboutCommitment(trx, workspaceId, closed, at);
}

/** Notes what the log says of the last commitment. Returns which that is, if it was this log's to say. */
export async function closeLast(
  trx: Trx,
  workspaceId: string,
  logId: string,
  { last, pair }: Agreement,
  at: Date,
): Promise<string | undefined> {
  if (last === undefined) return undefined;
  const { commitmentId, outcome, evidence, account } = last;
  const answer = { outcome, evidence, account: account ?? null, logId, at };
  const isClosed = await closeCommitment(trx, workspaceId, { commitmentId, ...pair }, answer);
  return isClosed ? commitmentId : undefined;
}

async function makeNew(
  trx: Trx,
  workspaceId: string,
  logId: string,
  agreement: Agreement,
  madeAt: Date,
): Promise<void> {
  const one = newCommitment(logId, agreement);
  await insertCommitment(trx, workspaceId, { ...one, madeAt });
  await askAboutCommitment(trx, workspaceId, one);
}

const newCommitment = (logId: string, { pair, takeaway, by, focus }: Agreement) => ({
  id: randomUUID(),
  logId,
  ...pair,
  text: takeaway,
  by,
  focus: focus ?? null,
});

async function withdrawCommitment(trx: Trx, workspaceId: string, id: string, at: Date): Promise<void> {
  if (!(await dropCommitment(trx, workspaceId, id, 'withdrawn'))) return;
  await dropAskingAbout(trx, workspaceId, id, 'withdrawn', at);
}

async function reopen(trx: Trx, workspaceId: string, id: string, pair: Pair, by: string): Promise<void> {
  await reopenCommitment(trx, workspaceId, id);
  await askAgainAboutCommitment(trx, workspaceId, { id, managerId: pair.managerId, repId: pair.repId, by });
}
