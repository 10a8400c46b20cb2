import { randomUUID } from 'node:crypto';
import type { NoteKind } from '#domain/note.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { insertPlan } from '#storage/call-plans.ts';
import { insertNote } from '#storage/card-notes.ts';
import { insertCertification } from '#storage/certifications.ts';
import { insertCommitment } from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';
import { insertDebrief } from '#storage/debriefs.ts';
import { planDeliveries } from '#storage/deliveries.ts';
import { insertLog } from '#storage/one-on-one-logs.ts';
import { insertAssignment } from '#storage/practice-assignments.ts';
import { insertReview } from '#storage/practice-reviews.ts';
import { insertEnrolments, insertProgramme } from '#storage/programmes.ts';
import { changeManager } from '#storage/reporting.ts';
import { tellOccurrence } from '#storage/told-occurrences.ts';
import { debriefContent } from '#test/services/debrief-content.ts';
import type { Stage } from './engine.ts';

interface Pair {
  managerId: string;
  repId: string;
}

const hour = 60 * 60_000;

/** Two cards for each pair, of every duty and note there is, about records that are there; all due at one moment. */
export async function planMixedCards(
  { database, slack: { workspaceId, userId } }: Pick<Stage, 'database' | 'slack'>,
  pairs: readonly { manager: string; rep: string }[],
  at: Date,
): Promise<void> {
  await database.inWorkspace(workspaceId, async (trx) => {
    const first = pairs[0];
    if (first === undefined) throw new Error('nobody to write to');
    const made = { by: userId(first.manager), at };
    const programmeId = randomUUID();
    const sessionOn = new Date(at.getTime() + 96 * hour).toISOString().slice(0, 10);
    await insertProgramme(
      trx,
      workspaceId,
      programmeId,
      { name: 'Spring', sessionOn, pillars: ['teach'] },
      made,
    );
    for (const { manager, rep } of pairs) {
      const pair = { managerId: userId(manager), repId: userId(rep) };
      await changeManager(trx, workspaceId, pair.repId, pair.managerId, at);
      const [enrolmentId = ''] = await insertEnrolments(
        trx,
        workspaceId,
        [{ programmeId, repId: pair.repId, wave: 1, asked: true }],
        made,
      );
      await planCardsOf(trx, workspaceId, pair, { enrolmentId, programmeId, at });
    }
  });
}

async function planCardsOf(
  trx: Trx,
  workspaceId: string,
  pair: Pair,
  { enrolmentId, programmeId, at }: { enrolmentId: string; programmeId: string; at: Date },
): Promise<void> {
  const { managerId, repId } = pair;
  const tell = (kind: DutyKind, askedId: string, period: string, subjectId: string = randomUUID()) =>
    tellOccurrence(trx, workspaceId, {
      kind,
      askedId,
      aboutId: kind === 'time_report' ? askedId : repId,
      subjectId,
      period,
      dueAt: new Date(at.getTime() + hour),
      closesAt: new Date(at.getTime() + 96 * hour),
    });
  const day = at.toISOString().slice(0, 10);
  const oneOnOne = await tell('one_on_one', managerId, day);
  const checkIn = await tell('check_in', repId, 'D30', enrolmentId);
  const assignmentId = await assign(trx, workspaceId, pair, at);
  const practice = await tell('practice', repId, 'P1', assignmentId);
  const commitment = await tell('commitment', managerId, 'C', await agree(trx, workspaceId, pair, at));
  const observedCall = await tell('observed_call', managerId, day.slice(0, 7));
  const timeReport = await tell('time_report', managerId, '2026-W10');
  const reviewId = await reflect(trx, workspaceId, pair, assignmentId, await tell('practice', repId, 'P2'));
  const debriefId = await share(trx, workspaceId, pair, at);
  const plan = await insertPlan(trx, workspaceId, {
    repId,
    watcherId: managerId,
    askedByRep: true,
    account: `Initech ${day}`,
    callOn: day,
    lookFor: null,
    state: 'planned',
    at,
  });
  const certificationId = await refuse(trx, workspaceId, pair, programmeId, at);
  await planCard(trx, workspaceId, managerId, at, {
    occurrenceIds: [oneOnOne, observedCall, timeReport, commitment, checkIn],
    notes: [
      ['practice_to_verify', repId, reviewId],
      ['debrief_answered', repId, debriefId],
      ['call_planned', repId, plan.id],
      ['baseline', repId, enrolmentId],
      ['set_slots', managerId, randomUUID()],
    ],
  });
  await planCard(trx, workspaceId, repId, at, {
    occurrenceIds: [oneOnOne, practice, checkIn],
    notes: [
      ['debrief_shared', managerId, debriefId],
      ['call_planned', managerId, plan.id],
      ['baseline', repId, enrolmentId],
      ['certification_result', repId, certificationId],
    ],
  });
}

async function planCard(
  trx: Trx,
  workspaceId: string,
  receiverId: string,
  dueAt: Date,
  says: { occurrenceIds: string[]; notes: [kind: NoteKind, aboutId: string, subjectId: string][] },
): Promise<void> {
  const id = randomUUID();
  const key = `card ${receiverId} ${dueAt.toISOString()}`;
  const { occurrenceIds } = says;
  const card = { workspaceId, id, postKey: randomUUID(), kind: 'card', key, receiverId, dueAt } as const;
  await planDeliveries(trx, [{ ...card, occurrenceIds }]);
  for (const [kind, aboutId, subjectId] of says.notes) {
    const note = await insertNote(trx, workspaceId, { kind, receiverId, aboutId, subjectId }, dueAt);
    const link = { workspace_id: workspaceId, delivery_id: id, note_id: note.id };
    await trx.insertInto('delivery_note').values(link).execute();
  }
}

async function assign(trx: Trx, workspaceId: string, { managerId, repId }: Pair, at: Date): Promise<string> {
  const id = randomUUID();
  await insertAssignment(trx, workspaceId, {
    id,
    repId,
    pillar: 'teach',
    itemId: null,
    title: `The pause, ${at.toISOString()}`,
    situation: null,
    task: 'Count to three after the price.',
    question: null,
    why: null,
    assignedBy: managerId,
    assignedAt: at,
    firstDueOn: '2026-03-02',
  });
  return id;
}

async function reflect(
  trx: Trx,
  workspaceId: string,
  { repId }: Pair,
  assignmentId: string,
  occurrenceId: string,
): Promise<string> {
  const id = randomUUID();
  await insertReview(trx, workspaceId, {
    id,
    assignmentId,
    occurrenceId,
    repId,
    reflectedOn: '2026-03-02',
    reflectedAt: new Date('2026-03-02T12:00:00Z'),
    reflection: 'partly',
    account: null,
    sentence: 'I paused once.',
    obstacle: null,
    late: false,
  });
  return id;
}

async function agree(trx: Trx, workspaceId: string, { managerId, repId }: Pair, at: Date): Promise<string> {
  const logId = randomUUID();
  await insertLog(trx, workspaceId, {
    id: logId,
    viewId: logId,
    occurrenceId: null,
    managerId,
    repId,
    heldOn: '2026-03-02',
    about: 'deal',
    privateNote: null,
    gap: null,
    minutes: null,
    blockers: null,
    nextOn: null,
    insisted: false,
    loggedAt: at,
    late: false,
    revision: 1,
    contentHash: '',
  });
  const id = randomUUID();
  await trx.updateTable('commitment').set({ state: 'replaced' }).where('rep_id', '=', repId).execute();
  await insertCommitment(trx, workspaceId, {
    id,
    logId,
    managerId,
    repId,
    text: 'Ask what it is compared with.',
    by: '2026-03-09',
    focus: null,
    madeAt: at,
  });
  return id;
}

async function share(trx: Trx, workspaceId: string, { managerId, repId }: Pair, at: Date): Promise<string> {
  const id = randomUUID();
  await insertDebrief(trx, workspaceId, {
    id,
    repId,
    observerId: managerId,
    planId: null,
    occurrenceId: null,
    late: false,
    at,
    content: { ...debriefContent, heldOn: '2026-03-02' },
  });
  return id;
}

async function refuse(
  trx: Trx,
  workspaceId: string,
  { managerId, repId }: Pair,
  programmeId: string,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await insertCertification(trx, workspaceId, {
    id,
    programmeId,
    repId,
    judgedOn: '2026-03-02',
    judgedBy: managerId,
    judgedAt: at,
    validUntil: null,
    missing: [{ pillar: 'teach', missing: 'demonstration' }],
    evidence: [],
    ratings: [{ pillar: 'teach', score: 8, knownBy: null }],
  });
  return id;
}
