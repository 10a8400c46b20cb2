import { baselineAnswersSchema, baselineItems } from '#domain/baseline.ts';
import { answerBaseline, type BaselineProblem, openBaseline } from '#services/baseline.ts';
import type {
  ActionRequest,
  Feature,
  Reply,
  Request,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { filledIn } from '../form.ts';
import type { ModalContent } from '../modal.ts';
import { openPressed } from '../remember-press.ts';
import { baselineRows } from './rows.ts';
import { baselineModal, Carried, fieldOf, ids, resultModal } from './view.ts';

/** Ten questions before a training: the rep about themself, the manager about each rep. */
export const baseline: Feature = {
  name: 'baseline',
  help: [],
  actions: { [ids.answer]: pressedAnswer },
  submissions: { [ids.modal]: save, [ids.result]: goOn },
  notes: { baseline: baselineRows },
};

async function pressedAnswer(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.modal, title: 'Before the training' };
  const content = form(request, request.value);
  return openPressed(request, light, content);
}

async function form({ context, workspaceId, userId }: Request, enrolmentId: string): Promise<ModalContent> {
  const opened = await openBaseline(context, workspaceId, userId, enrolmentId);
  return opened.ok ? { view: baselineModal(opened.value) } : { instead: { text: explain(opened.problem) } };
}

async function save({ context, workspaceId, userId, view }: SubmissionRequest): Promise<SubmissionAnswer> {
  const { enrolmentId } = Carried.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const fields = baselineItems.map((_, index) => fieldOf(enrolmentId, index));
  const missing = fields.filter((id) => filled.choice(id) === undefined);
  if (missing.length > 0) {
    return { errors: Object.fromEntries(missing.map((id) => [id, 'Choose a number from 1 to 5.'])) };
  }
  const answers = baselineAnswersSchema.parse(fields.map((id) => Number(filled.choice(id))));
  const given = { viewId: view.id, userId, enrolmentId, answers };
  const saved = await answerBaseline(context, workspaceId, given);
  if (!saved.ok) return { errors: { [view.inputs[0] ?? '']: `Not saved. ${explain(saved.problem)}` } };
  return { update: resultModal(saved.value), changed: [userId, saved.value.repId] };
}

/** The next rep of the same team, in the same modal. */
async function goOn(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { enrolmentId } = Carried.parse(JSON.parse(request.view.privateMetadata));
  const content = await form(request, enrolmentId);
  return 'view' in content ? { update: content.view } : { close: true };
}

function explain({ kind }: BaselineProblem): string {
  return kind === 'called_off'
    ? 'This training was called off, or they are not in it any more; there is nothing to answer.'
    : 'These questions are asked of somebody else now.';
}
