import type { Result } from '#domain/result.ts';
import { changePlan, openPlanToChange } from '#services/change-plan.ts';
import {
  acceptRequest,
  declineRequest,
  dropPlan,
  openPlanCall,
  type PlanProblem,
  planCall,
} from '#services/plan-call.ts';
import { openWatchRequest, requestWatch } from '#services/request-watch.ts';
import type { CallPlan } from '#storage/call-plans.ts';
import { dayInWords } from '../dates.ts';
import type {
  ActionRequest,
  CommandRequest,
  Reply,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, openModal } from '../modal.ts';
import { openPressed, rememberPress } from '../remember-press.ts';
import { type CallNamed, callFields, planForm, readCall, requestForm } from './plan-form.ts';
import { explain, noRequest, notSavedBecause } from './replies.ts';
import { ids } from './view.ts';

/** "Plan", on the row of the month's call. */
export async function pressedPlan(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.planModal, title: 'Plan to listen' };
  return openPressed(request, light, planContent(request));
}

async function planContent(request: ActionRequest): Promise<ModalContent> {
  const { context, workspaceId, userId, value, botUserId } = request;
  const opened = await openPlanCall(context, workspaceId, { observerId: userId, repId: value });
  if (opened.ok) {
    const { repId, repName, today } = opened.value;
    return { view: planForm({ personId: repId, name: repName, today }) };
  }
  if (opened.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
  return { instead: explain(opened.problem, botUserId) };
}

/** "Change", where one is planned. */
export async function pressedChangePlan(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.planModal, title: 'Plan to listen' };
  return openPressed(request, light, changeContent(request));
}

async function changeContent(request: ActionRequest): Promise<ModalContent> {
  const { context, workspaceId, userId, value, botUserId } = request;
  const opened = await openPlanToChange(context, workspaceId, { observerId: userId, planId: value });
  if (opened.ok) {
    const { repId, repName, today, plan } = opened.value;
    return { view: planForm({ personId: repId, name: repName, today, planId: plan.id }, plan) };
  }
  if (opened.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
  if (opened.problem.kind === 'over') return { instead: { text: notPlannedAnyMore } };
  return { instead: explain(opened.problem, botUserId) };
}

const notPlannedAnyMore = 'This call is not planned any more. Home shows what is.';

async function saveChange(
  { context, workspaceId, userId }: SubmissionRequest,
  { planId, name, account, callOn }: CallNamed & { planId: string },
): Promise<SubmissionAnswer> {
  const changed = await changePlan(context, workspaceId, { observerId: userId, planId, account, callOn });
  if (changed.ok) return { close: true, changed: [userId, changed.value.repId] };
  const { problem } = changed;
  switch (problem.kind) {
    case 'over':
      return { errors: { [callFields.account]: `Not saved. ${notPlannedAnyMore}` } };
    case 'planned_already':
      return { errors: { [callFields.account]: 'This call is planned already, or asked for, on this day.' } };
    default:
      return { errors: { [callFields.account]: notSavedBecause(problem, name) } };
  }
}

export async function savePlan(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const read = readCall(view, 'ahead');
  if (!read.ok) return { errors: read.errors };
  const { personId: repId, planId, name, account, callOn } = read.call;
  if (planId !== undefined) return saveChange(request, { ...read.call, planId });
  const planned = await planCall(context, workspaceId, { observerId: userId, repId, account, callOn });
  return planned.ok
    ? { close: true, changed: [userId, repId] }
    : { errors: { [callFields.account]: notSavedBecause(planned.problem, name) } };
}

/** `/coach watch` */
export function watch(request: CommandRequest): Promise<Reply> {
  const light = { callbackId: ids.requestModal, title: 'A call to listen to' };
  return openModal(request, light, requestContent(request));
}

async function requestContent(request: CommandRequest): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const opened = await openWatchRequest(context, workspaceId, userId);
  if (opened.ok) {
    const { managerId, managerName, today } = opened.value;
    return { view: requestForm({ personId: managerId, name: managerName, today }) };
  }
  if (opened.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
  return { instead: { text: noRequest(opened.problem) } };
}

export async function saveRequest({
  context,
  workspaceId,
  userId,
  view,
}: SubmissionRequest): Promise<SubmissionAnswer> {
  const read = readCall(view, 'also_past');
  if (!read.ok) return { errors: read.errors };
  const { account, callOn, lookFor } = read.call;
  const requested = await requestWatch(context, workspaceId, { repId: userId, account, callOn, lookFor });
  if (!requested.ok) {
    const why =
      requested.problem.kind === 'you_are_unknown'
        ? 'Sideline does not know you any more; an admin or your enablement lead can add you.'
        : noRequest(requested.problem);
    return { errors: { [callFields.account]: `Not sent. ${why}` } };
  }
  if (requested.value.repeated) {
    return {
      errors: { [callFields.account]: 'You have asked for this call already; your request still stands.' },
    };
  }
  return { close: true, changed: [userId, requested.value.managerId] };
}

/** "I will listen": one press, since the rep has said which call and when. */
export const pressedAccept = (request: ActionRequest): Promise<Reply> =>
  decided(
    request,
    acceptRequest,
    (plan) => `Planned. Your card on the working day after ${dayInWords(plan.callOn)} asks how it went.`,
  );

export const pressedDecline = (request: ActionRequest): Promise<Reply> =>
  decided(
    request,
    declineRequest,
    () => 'Not this one. Their next card says so, and how to ask for another.',
  );

export const pressedDrop = (request: ActionRequest): Promise<Reply> =>
  decided(request, dropPlan, () => 'Noted. Nobody is asked about this call any more.');

async function decided(
  request: ActionRequest,
  decide: typeof acceptRequest,
  words: (plan: CallPlan) => string,
): Promise<Reply> {
  const { context, workspaceId, userId, value, botUserId } = request;
  const made: Promise<Result<CallPlan, PlanProblem>> = decide(context, workspaceId, {
    observerId: userId,
    planId: value,
  });
  const [result] = await Promise.all([made, rememberPress(request)]);
  if (result.ok) return { text: words(result.value), changed: [userId, result.value.repId] };
  if (result.problem.kind === 'you_are_unknown') return answerToUnknown(request);
  if (result.problem.kind === 'over') return { text: 'This was settled before, so nothing was changed.' };
  return explain(result.problem, botUserId);
}
