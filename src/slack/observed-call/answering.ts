import { answerDebrief, answerInThread, openAnswer } from '#services/answer-debrief.ts';
import { readNote } from '#services/read-note.ts';
import { openReview, reviewOwnCall } from '#services/review-own-call.ts';
import type { ActionRequest, Reply, SubmissionAnswer, SubmissionRequest, TypedRequest } from '../feature.ts';
import { filledIn } from '../form.ts';
import type { ModalContent } from '../modal.ts';
import { openPressed, rememberPress } from '../remember-press.ts';
import { asTyped, firstNameOf, inMarkup, storable } from '../text.ts';
import {
  AnswerCarried,
  answerField,
  answerForm,
  ReviewCarried,
  reviewFields,
  reviewForm,
} from './rep-forms.ts';
import { noAnswer, noReview } from './replies.ts';
import { ids } from './view.ts';

/** The rep's own view of a call that was planned. */
export async function pressedReview(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.reviewModal, title: 'How did it go?' };
  return openPressed(request, light, reviewContent(request));
}

async function reviewContent({ context, workspaceId, userId, value }: ActionRequest): Promise<ModalContent> {
  const opened = await openReview(context, workspaceId, { repId: userId, planId: value });
  return opened.ok ? { view: reviewForm(opened.value) } : { instead: { text: noReview(opened.problem) } };
}

export async function saveReview({
  context,
  workspaceId,
  userId,
  view,
}: SubmissionRequest): Promise<SubmissionAnswer> {
  const { planId } = ReviewCarried.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const worked = filled.text(reviewFields.worked);
  const moment = filled.text(reviewFields.moment);
  if (worked === undefined || moment === undefined) {
    return {
      errors: {
        ...(worked === undefined ? { [reviewFields.worked]: 'Write one thing that worked.' } : {}),
        ...(moment === undefined ? { [reviewFields.moment]: 'Write one moment.' } : {}),
      },
    };
  }
  const saved = await reviewOwnCall(context, workspaceId, { repId: userId, planId, worked, moment });
  return saved.ok
    ? { close: true, changed: [userId, saved.value.watcherId] }
    : { errors: { [reviewFields.worked]: `Not saved. ${noReview(saved.problem)}` } };
}

/** The rep's answer to what the manager shared. */
export async function pressedAnswer(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.answerModal, title: 'Answer' };
  return openPressed(request, light, answerContent(request));
}

async function answerContent({ context, workspaceId, userId, value }: ActionRequest): Promise<ModalContent> {
  const opened = await openAnswer(context, workspaceId, { repId: userId, debriefId: value });
  return opened.ok ? { view: answerForm(opened.value) } : { instead: { text: noAnswer(opened.problem) } };
}

export async function saveAnswer({
  context,
  workspaceId,
  userId,
  view,
}: SubmissionRequest): Promise<SubmissionAnswer> {
  const { debriefId } = AnswerCarried.parse(JSON.parse(view.privateMetadata));
  const answer = filledIn(view).text(answerField);
  if (answer === undefined)
    return { errors: { [answerField]: 'Write a line, or close this with “Not now”.' } };
  const saved = await answerDebrief(context, workspaceId, { repId: userId, debriefId, answer });
  return saved.ok
    ? { close: true, changed: [userId, saved.value.reader?.id ?? userId] }
    : { errors: { [answerField]: `Not sent. ${noAnswer(saved.problem)}` } };
}

/** The same, typed in the thread of the card; said to be kept once, and after that kept without a word. */
export async function typedAnswer({
  context,
  workspaceId,
  userId,
  channel,
  threadTs,
  text,
}: TypedRequest): Promise<{ text: string } | 'silent' | undefined> {
  const answer = storable(asTyped(text));
  if (threadTs === undefined || answer === undefined) return undefined;
  const kept = await answerInThread(context, workspaceId, { repId: userId, channel, threadTs, text: answer });
  if (kept === undefined) return undefined;
  if (!kept.first) return 'silent';
  const { reader } = kept;
  const who =
    reader === undefined ? '' : `; ${inMarkup(firstNameOf(reader.name))} reads it on their next card`;
  return { text: `Kept as your answer${who}.` };
}

export const pressedGotShared = (request: ActionRequest): Promise<Reply> => gotIt(request, 'debrief_shared');
export const pressedGotAnswer = (request: ActionRequest): Promise<Reply> =>
  gotIt(request, 'debrief_answered');
export const pressedGotDeclined = (request: ActionRequest): Promise<Reply> =>
  gotIt(request, 'watch_declined');

/** The message shows it; there is nothing else to say. */
async function gotIt(
  request: ActionRequest,
  kind: 'debrief_shared' | 'debrief_answered' | 'watch_declined',
): Promise<Reply> {
  const { context, workspaceId, userId, value } = request;
  const read = readNote(context, workspaceId, { readerId: userId, subjectId: value, kinds: [kind] });
  await Promise.all([read, rememberPress(request)]);
  return { changed: [userId] };
}
