import { evidences, outcomes } from '#domain/one-on-one.ts';
import {
  answerCommitment,
  type CommitmentProblem,
  openCommitmentToAnswer,
} from '#services/answer-commitment.ts';
import type { ActionRequest, Feature, Reply, SubmissionAnswer, SubmissionRequest } from '../feature.ts';
import { filledIn } from '../form.ts';
import type { ModalContent } from '../modal.ts';
import { openPressed } from '../remember-press.ts';
import { commitmentRows } from './rows.ts';
import { Carried, commitmentModal, fields, ids } from './view.ts';

/** What became of what a rep set out to try: asked in the next log, and here where none comes. */
export const commitment: Feature = {
  name: 'commitment',
  help: [],
  actions: { [ids.answer]: pressedAnswer },
  submissions: { [ids.modal]: save },
  rows: { commitment: commitmentRows },
};

async function pressedAnswer(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.modal, title: 'What happened?' };
  return openPressed(request, light, content(request));
}

async function content({ context, workspaceId, userId, value }: ActionRequest): Promise<ModalContent> {
  const opened = await openCommitmentToAnswer(context, workspaceId, userId, value);
  return opened.ok ? { view: commitmentModal(opened.value) } : { instead: { text: explain(opened.problem) } };
}

async function save({ context, workspaceId, userId, view }: SubmissionRequest): Promise<SubmissionAnswer> {
  const { commitmentId, repId } = Carried.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const outcome = outcomes.find((one) => one === filled.choice(fields.outcome));
  const evidence = evidences.find((one) => one === filled.choice(fields.evidence));
  if (outcome === undefined) return { errors: { [fields.outcome]: 'Say what happened.' } };
  if (evidence === undefined && outcome !== 'no_chance') {
    return { errors: { [fields.evidence]: 'Say how you know: saw it, heard it, or were told.' } };
  }
  const account = filled.text(fields.account);
  // Nobody saw or heard that there was no chance; they were told, or know it of themselves.
  const given = { managerId: userId, commitmentId, outcome, evidence: evidence ?? 'told', account } as const;
  const saved = await answerCommitment(context, workspaceId, given);
  if (!saved.ok) return { errors: { [fields.outcome]: `Not saved. ${explain(saved.problem)}` } };
  return { close: true, changed: [userId, repId] };
}

function explain(problem: CommitmentProblem): string {
  return problem.kind === 'closed'
    ? 'This is answered or withdrawn already. Home shows what is open.'
    : 'This rep does not report to you in Sideline, so this is not yours to answer.';
}
