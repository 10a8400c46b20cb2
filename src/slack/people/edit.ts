import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { PersonFieldName, PersonFields } from '#domain/person-fields.ts';
import { changePerson, type PersonProblem } from '#services/change-person.ts';
import { previewChange } from '#services/preview-change.ts';
import { endAbsence } from '#services/set-absence.ts';
import { type PersonShown, viewPerson } from '#services/view-person.ts';
import type {
  ActionRequest,
  OpenView,
  Reply,
  Request,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { type ModalContent, openModal, unlessGone, wordsModal } from '../modal.ts';
import { inMarkup } from '../text.ts';
import { EditCarried, type EditForm, editModal, fieldId } from './edit-form.ts';
import { asFilled, notYours, redrawBelow } from './list.ts';
import { moveModal } from './move-view.ts';
import { explainPerson, whyNotManager } from './problems.ts';
import { readEditForm } from './read-form.ts';
import type { Below } from './state.ts';
import { ids } from './view.ts';

export const carriedBy = (view: Pick<OpenView, 'privateMetadata'>): EditCarried =>
  EditCarried.parse(JSON.parse(view.privateMetadata));

export function pressedEdit(request: ActionRequest): Promise<Reply> {
  const { view, value } = request;
  const isList = view?.callbackId === ids.list;
  const below = view !== undefined && isList ? { listId: view.id, list: asFilled(view) } : undefined;
  const light = { callbackId: ids.editModal, title: 'One moment', onTop: isList };
  return openModal(request, light, editContent(request, value, below));
}

export async function editContent(request: Request, personId: string, below?: Below): Promise<ModalContent> {
  const found = await shownTo(request, personId);
  if ('instead' in found) return found;
  return {
    view: editModal({ shown: found.shown, carried: { personId, below, seen: found.shown.fields, round: 0 } }),
  };
}

async function shownTo(
  request: Request,
  personId: string,
): Promise<{ shown: PersonShown } | { instead: { text: string } }> {
  const found = await viewPerson(request.context, request.workspaceId, request.userId, personId);
  if (found.ok) return { shown: found.value };
  if (found.problem.kind === 'unknown') {
    return {
      instead: { text: 'They are not in Sideline. `/coach people` adds a person, `/coach import` many.' },
    };
  }
  return { instead: await notYours(request, 'this person') };
}

export async function saveEdit(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = carriedBy(view);
  const { filled, errors } = readEditForm(view, carried);
  if (Object.keys(errors).length > 0) return { errors };
  const change = changesIn(filled, carried.seen);
  if (change.managerId === undefined) return saveChange(request, carried, change);
  const wish = { ids: [carried.personId], change: { managerId: change.managerId } };
  const preview = await previewChange(context, workspaceId, userId, wish);
  if (preview.ok) {
    // Somebody else has set the same meanwhile: there is nothing to agree to.
    if (preview.value.changing === 0) return saveChange(request, carried, change);
    return { update: moveModal(ids.moveModal, preview.value, { ...carried, change }) };
  }
  const { problem } = preview;
  if (problem.kind === 'manager' || problem.kind === 'circle') {
    return { errors: { [fieldId('managerId', carried.round)]: whyNotManager(problem) } };
  }
  return refusal(
    view,
    carried,
    explainPerson({ kind: problem.kind === 'unknown' ? 'unknown' : 'not_allowed', fields: [] }),
  );
}

/** What somebody changed, and not what another has changed meanwhile. */
const changesIn = (filled: Partial<PersonFields>, seen: PersonFields): Partial<PersonFields> =>
  Object.fromEntries(
    (Object.keys(filled) as PersonFieldName[])
      .filter((field) => !isDeepStrictEqual(filled[field], seen[field]))
      .map((field) => [field, filled[field]]),
  );

async function saveChange(
  request: SubmissionRequest,
  carried: EditCarried,
  change: Partial<PersonFields>,
): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const { personId, seen, below } = carried;
  const saved = await changePerson(context, workspaceId, userId, { personId, change, seen });
  if (saved.ok) {
    redrawBelow(request, below);
    const managers = [seen.managerId, change.managerId].filter((id) => id != null);
    return { close: true, changed: [personId, userId, ...managers] };
  }
  const { problem } = saved;
  if (problem.kind === 'changed_meanwhile') return changedMeanwhile(request, carried, change, problem);
  return refusal(view, carried, explainPerson(problem));
}

function refusal(
  { inputs }: OpenView,
  { round }: Pick<EditCarried, 'round'>,
  why: ReturnType<typeof explainPerson>,
): SubmissionAnswer {
  const errors = Object.entries(why).map(([field, text]) => [
    field === 'whole' ? (inputs[0] ?? '') : fieldId(field as PersonFieldName, round),
    text,
  ]);
  return { errors: Object.fromEntries(errors) };
}

type Meanwhile = Extract<PersonProblem, { kind: 'changed_meanwhile' }>;

/** Both are shown: what holds by now, and what was filled in, which is saved with one more press. */
async function changedMeanwhile(
  request: SubmissionRequest,
  carried: EditCarried,
  change: Partial<PersonFields>,
  { fields, now }: Meanwhile,
): Promise<SubmissionAnswer> {
  const labels = fields.map((field) => fieldWords[field]).join(', ');
  const hint =
    `*Not saved yet:* somebody else has changed the ${labels} of this person meanwhile. ` +
    'What you filled in stands below; Save sets it over theirs.';
  return again(request, { ...carried, seen: { ...carried.seen, ...now } }, change, hint);
}

/** The form anew, filled with what somebody had set and was not saved. */
async function again(
  request: Request,
  carried: EditCarried,
  filled: Partial<PersonFields>,
  hint: string,
): Promise<SubmissionAnswer> {
  const found = await shownTo(request, carried.personId);
  if ('instead' in found) return { update: wordsModal('People', found.instead.text) };
  const form: EditForm = {
    shown: found.shown,
    carried: { ...carried, round: carried.round + 1 },
    filled,
    hint,
  };
  return { update: editModal(form) };
}

const fieldWords: Record<PersonFieldName, string> = {
  roles: 'roles',
  managerId: 'manager',
  segment: 'segment',
  wave: 'wave',
  startDate: 'start date',
  country: 'country',
  workingDays: 'working days',
  workStarts: 'start of the day',
  workEnds: 'end of the day',
};

const MoveCarried = EditCarried.extend({ change: EditCarried.shape.seen.partial() });

/** What moves was shown, and agreed to. */
export async function saveMove(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { change: agreed, ...carried } = MoveCarried.parse(JSON.parse(request.view.privateMetadata));
  const change = Object.fromEntries(Object.entries(agreed).filter(([, value]) => value !== undefined));
  const saved = await saveChange(request, carried, change);
  if (!('errors' in saved)) return saved;
  const why = Object.values(saved.errors)
    .map((text) => inMarkup(text))
    .join(' ');
  return again(request, carried, change, `*Not saved:* ${why}`);
}

export async function pressedEndAbsence(request: ActionRequest): Promise<Reply> {
  const { context, workspaceId, userId, view, value } = request;
  if (view === undefined) return undefined;
  const { personId } = carriedBy(view);
  const ended = await endAbsence(context, workspaceId, personId, { id: z.string().parse(value) }, userId);
  if (!ended.ok) return notYours(request, 'this person');
  await redrawEdit(request, view.id, carriedBy(view));
  return { changed: [personId, userId] };
}

/** The form below shows who is away now; what was filled in stays as it is. */
export async function redrawEdit(request: Request, viewId: string, carried: EditCarried): Promise<void> {
  const found = await shownTo(request, carried.personId);
  if ('instead' in found) return;
  const view = editModal({ shown: found.shown, carried });
  await unlessGone(request.client.views.update({ view_id: viewId, view }));
  redrawBelow(request, carried.below);
}
