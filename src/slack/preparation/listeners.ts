import { openPreparation, type PreparationProblem, prepareOneOnOne } from '#services/prepare-one-on-one.ts';
import type { ActionRequest, Feature, Reply, SubmissionAnswer, SubmissionRequest } from '../feature.ts';
import type { ModalContent } from '../modal.ts';
import { openPressed } from '../remember-press.ts';
import { storable } from '../text.ts';
import { preparationRows } from './rows.ts';
import { Carried, field, ids, preparationModal } from './view.ts';

/** The rep's question before a 1:1. */
export const preparation: Feature = {
  name: 'preparation',
  help: [],
  actions: { [ids.answer]: pressedAnswer },
  submissions: { [ids.modal]: save },
  rows: { one_on_one: preparationRows },
};

async function pressedAnswer(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.modal, title: 'Before you meet' };
  return openPressed(request, light, content(request));
}

async function content({ context, workspaceId, userId, value }: ActionRequest): Promise<ModalContent> {
  const opened = await openPreparation(context, workspaceId, userId, value);
  return opened.ok
    ? { view: preparationModal(opened.value) }
    : { instead: { text: explain(opened.problem) } };
}

async function save({ context, workspaceId, userId, view }: SubmissionRequest): Promise<SubmissionAnswer> {
  const { occurrenceId } = Carried.parse(JSON.parse(view.privateMetadata));
  const typed = view.values[field]?.[field] as { value?: string | null } | undefined;
  const answer = storable(typed?.value ?? '');
  if (answer === undefined) return { errors: { [field]: 'Write a line, or close this with “Not now”.' } };
  const saved = await prepareOneOnOne(context, workspaceId, { repId: userId, occurrenceId, answer });
  if (!saved.ok) return { errors: { [field]: `Not saved. ${explain(saved.problem)}` } };
  return { close: true, changed: [userId, saved.value.managerId] };
}

function explain(problem: PreparationProblem): string {
  return problem.kind === 'over'
    ? 'This 1:1 is over, so its question is closed. The next one brings a new question.'
    : 'This question was for somebody else.';
}
