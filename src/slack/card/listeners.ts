import { excuse, openExcuse } from '#services/excuse.ts';
import { putOffOccurrence } from '#services/put-off.ts';
import type { ActionRequest, Feature, Reply, SubmissionAnswer, SubmissionRequest } from '../feature.ts';
import { type ModalContent, openModal } from '../modal.ts';
import { rememberPress } from '../remember-press.ts';
import { calledAt, excuseModal, fields, readExcuse } from './excuse.ts';
import { explainNotMovable, whenAgain } from './replies.ts';
import { ids, readMove } from './view.ts';

/** What can be done with any row of a card, besides doing it: put it off, or excuse it. */
export const card: Feature = {
  name: 'card',
  help: [],
  actions: { [ids.move]: move, [ids.excuse]: (request) => askWhy(request, request.value) },
  submissions: { [ids.excuseModal]: saveExcuse },
};

async function move(request: ActionRequest): Promise<Reply> {
  const chosen = readMove(request.value);
  if (chosen === undefined) return { text: explainNotMovable({ kind: 'unknown' }) };
  const { occurrenceId, move: wanted } = chosen;
  const press = rememberPress(request);
  const [reply] = await Promise.all([
    wanted === 'excuse' ? askWhy(request, occurrenceId) : later(request, occurrenceId, wanted),
    press,
  ]);
  return reply;
}

async function later(
  { context, workspaceId, userId }: ActionRequest,
  occurrenceId: string,
  wanted: 'later' | 'tomorrow' | 'week',
): Promise<Reply> {
  const moved = await putOffOccurrence(context, workspaceId, { personId: userId, occurrenceId, wanted });
  if (!moved.ok) return { text: explainNotMovable(moved.problem), changed: [userId] };
  return { ...whenAgain(occurrenceId, moved.value), changed: [userId] };
}

function askWhy(request: ActionRequest, occurrenceId: string): Promise<Reply> {
  const light = { callbackId: ids.excuseModal, title: 'Excuse it' };
  return openModal(request, light, whyContent(request, occurrenceId));
}

async function whyContent(
  { context, workspaceId, userId }: ActionRequest,
  occurrenceId: string,
): Promise<ModalContent> {
  const opened = await openExcuse(context, workspaceId, { personId: userId, occurrenceId });
  return opened.ok
    ? { view: excuseModal(opened.value) }
    : { instead: { text: explainNotMovable(opened.problem) } };
}

async function saveExcuse({
  context,
  workspaceId,
  userId,
  view,
}: SubmissionRequest): Promise<SubmissionAnswer> {
  const read = readExcuse(view);
  if (!read.ok) return read;
  const { occurrenceId, also, excuse: why, words } = read;
  const occurrenceIds = [occurrenceId, ...also.keys()];
  const excused = await excuse(context, workspaceId, { personId: userId, occurrenceIds, excuse: why, words });
  if (excused.ok) return { close: true, changed: [userId] };
  const { problem } = excused;
  const field = also.get(problem.occurrenceId);
  if (field === undefined) return { errors: { [fields.why]: `Not excused. ${explainNotMovable(problem)}` } };
  const which =
    problem.which === undefined ? '' : `${calledAt(problem.which.kind, problem.which.aboutName)}: `;
  return {
    errors: { [field]: `Nothing was excused yet. ${which}${explainNotMovable(problem)} Untick it to go on.` },
  };
}
