import { type Pillar, pillars } from '#domain/pillar.ts';
import { reflections } from '#domain/practice/rating.ts';
import { assignPractice, type Chosen } from '#services/assign-practice.ts';
import { reflectOnPractice } from '#services/reflect-practice.ts';
import { verifyPractice } from '#services/verify-practice.ts';
import type { SubmissionAnswer, SubmissionRequest } from '../feature.ts';
import { filledIn } from '../form.ts';
import { assignModal, Carried as CarriedAssign, ownWords } from './assign-view.ts';
import { refreshList } from './lists.ts';
import { Carried as CarriedReflect } from './reflect-view.ts';
import { assignErrors, whyNoReflection, whyNoVerification } from './replies.ts';
import { Carried as CarriedVerify, verificationOf } from './verify-view.ts';
import { fields } from './view.ts';

export async function saveAssignment(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = CarriedAssign.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const item = filled.choice(fields.item);
  const dueOn = filled.date(fields.due);
  if (item === undefined) return { errors: { [fields.item]: 'Choose an item, or “Write your own”.' } };
  if (dueOn === undefined) return { errors: { [fields.due]: 'Choose a date.' } };
  // Sent before the fields for own words could be shown.
  if (item === ownWords && carried.chosen !== ownWords) {
    return { update: assignModal({ ...carried, chosen: ownWords }, filled) };
  }
  const chosen = chosenIn(filled, item);
  if ('errors' in chosen) return chosen;
  const { repId, repName, listId } = carried;
  const why = filled.text(fields.why);
  const wanted = { viewId: view.id, managerId: userId, repId, chosen, dueOn, why };
  const saved = await assignPractice(context, workspaceId, wanted);
  if (!saved.ok) return { errors: assignErrors(saved.problem, repName) };
  refreshList(request, listId, repId);
  return { close: true, changed: [userId, repId] };
}

function chosenIn(
  filled: ReturnType<typeof filledIn>,
  item: string,
): Chosen | { errors: Record<string, string> } {
  if (item !== ownWords) return { itemId: item };
  const title = filled.text(fields.title);
  const task = filled.text(fields.task);
  const pillar = pillars.find((one): one is Pillar => one === filled.choice(fields.pillar));
  if (title !== undefined && task !== undefined)
    return { own: { title, task, pillar, situation: undefined } };
  return {
    errors: {
      ...(title === undefined ? { [fields.title]: 'Give it a name of a few words.' } : {}),
      ...(task === undefined
        ? { [fields.task]: 'Write what to do: one thing somebody else could see.' }
        : {}),
    },
  };
}

export async function saveReflection(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId: repId, view } = request;
  const { occurrenceId, listId } = CarriedReflect.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const reflection = reflections.find((one) => one === filled.choice(fields.reflection));
  const sentence = filled.text(fields.sentence);
  if (reflection === undefined || sentence === undefined) {
    return {
      errors: {
        ...(reflection === undefined
          ? { [fields.reflection]: 'Choose one: it sets when this comes again.' }
          : {}),
        ...(sentence === undefined ? { [fields.sentence]: 'Write one sentence; a few words will do.' } : {}),
      },
    };
  }
  const account = filled.text(fields.account) ?? null;
  const obstacle = filled.text(fields.obstacle) ?? null;
  const given = { viewId: view.id, repId, occurrenceId, reflection, account, sentence, obstacle };
  const saved = await reflectOnPractice(context, workspaceId, given);
  if (!saved.ok) {
    return {
      errors: {
        [fields.sentence]: `Not saved. ${whyNoReflection(saved.problem)} Your words are still here to copy.`,
      },
    };
  }
  refreshList(request, listId, repId);
  const { managerId } = saved.value;
  return { close: true, changed: managerId === undefined ? [repId] : [repId, managerId] };
}

export async function saveVerification(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId: managerId, view } = request;
  const { reviewId, listId } = CarriedVerify.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const verification = verificationOf(filled.choice(fields.seen));
  if (verification === undefined) {
    return { errors: { [fields.seen]: "Choose one. “Haven't watched” is an answer." } };
  }
  const noteToRep = filled.text(fields.note);
  const given = { viewId: view.id, managerId, reviewId, verification, noteToRep };
  const saved = await verifyPractice(context, workspaceId, given);
  if (!saved.ok) {
    return {
      errors: {
        [fields.seen]: `Not saved. ${whyNoVerification(saved.problem)} What you wrote is still here to copy.`,
      },
    };
  }
  refreshList(request, listId, saved.value.repId);
  return { close: true, changed: [managerId, saved.value.repId] };
}
