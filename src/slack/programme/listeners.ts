import { toLocal } from '#domain/time/zone.ts';
import {
  changeProgramme,
  endProgramme,
  type ProgrammeProblem,
  withdrawReps,
} from '#services/change-programme.ts';
import { noteDenial } from '#services/denials.ts';
import { enrolMore, makeProgramme } from '#services/make-programme.ts';
import { type DayZeroProblem, openDayZero, recordDayZero } from '#services/record-day-zero.ts';
import { type NoProgrammes, viewProgramme, viewProgrammes } from '#services/view-programmes.ts';
import { dayInWords } from '../dates.ts';
import type {
  ActionRequest,
  CommandRequest,
  Feature,
  Reply,
  Request,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { filledIn } from '../form.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, openModal, unlessGone, wordsModal } from '../modal.ts';
import { asTyped } from '../text.ts';
import { changeForm, dayZeroForm, dayZeroPage, enrolForm, fields, newForm, withdrawForm } from './forms.ts';
import { programmeHome } from './home.ts';
import { choiceErrors, notSavedBecause, readChoice, readContent, readDayZero } from './submission.ts';
import { type Carried, carriedIn, ids, programmeDetail, programmeList } from './view.ts';

/** `/coach programme`: trainings, who is in them, and how their check-ins stand. */
export const programme: Feature = {
  name: 'programme',
  help: [
    {
      usage: '/coach programme',
      does: 'set up a training, enrol reps, and see who has answered its check-ins',
      for: ['enablement'],
      example: '/coach programme new',
      more:
        'A programme is a training with a date. Its reps and their managers answer ten questions before it and ' +
        'short check-ins after it. Enablement sees every programme, a manager those of their reps, a rep their own.',
      button: 'Programmes',
    },
    {
      usage: '/coach programme',
      does: 'see the trainings your reps are in, and record what each showed on day 0',
      for: ['manager'],
      example: '/coach programme',
      more: 'You see the programmes of your reps; enablement sees every programme, a rep their own.',
      button: 'Trainings',
    },
  ],
  commands: { programme: show },
  actions: {
    [ids.open]: pressedOpen,
    [ids.back]: pressedBack,
    [ids.new]: (request) =>
      openModal(request, light(ids.newForm, 'New programme', true), newContent(request)),
    [ids.change]: (request) =>
      openModal(request, light(ids.changeForm, 'Change programme', true), onTop(request, 'change')),
    [ids.enrol]: (request) =>
      openModal(request, light(ids.enrolForm, 'Enrol reps', true), onTop(request, 'enrol')),
    [ids.withdraw]: (request) =>
      openModal(request, light(ids.withdrawForm, 'Take reps out', true), onTop(request, 'withdraw')),
    [ids.end]: pressedEnd,
    [ids.dayZero]: pressedDayZero,
  },
  submissions: {
    [ids.newForm]: saveNew,
    [ids.changeForm]: saveChange,
    [ids.enrolForm]: saveEnrolled,
    [ids.withdrawForm]: saveWithdrawn,
    [ids.dayZeroForm]: saveDayZero,
  },
  home: programmeHome,
};

const light = (callbackId: string, title: string, onTop = false) => ({ callbackId, title, onTop });

function show(request: CommandRequest): Promise<Reply> {
  return asTyped(request.rest).trim().toLowerCase() === 'new'
    ? openModal(request, light(ids.newForm, 'New programme'), newContent(request))
    : openModal(request, light(ids.list, 'Programmes'), list(request));
}

async function list(request: Request): Promise<ModalContent> {
  const found = await viewProgrammes(request.context, request.workspaceId, request.userId);
  return found.ok ? { view: programmeList(found.value) } : { instead: await explain(request, found.problem) };
}

async function detail(request: Request, programmeId: string, fromList: boolean): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const found = await viewProgramme(context, workspaceId, userId, programmeId);
  return found.ok
    ? { view: programmeDetail(found.value, fromList) }
    : { instead: await explain(request, found.problem) };
}

/** In the list it takes the list's place, so that a form still fits on top; from Home it opens. */
async function pressedOpen(request: ActionRequest): Promise<Reply> {
  const { client, view, value } = request;
  if (view === undefined || view.callbackId !== ids.list) {
    return openModal(request, light(ids.detail, 'Programme'), detail(request, value, false));
  }
  const content = await detail(request, value, true);
  if ('instead' in content) return content.instead;
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: content.view }));
  return undefined;
}

async function pressedBack(request: ActionRequest): Promise<Reply> {
  const { client, view } = request;
  if (view === undefined) return undefined;
  const content = await list(request);
  if ('instead' in content) return content.instead;
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: content.view }));
  return undefined;
}

const rootOf = ({ view }: ActionRequest): { rootId?: string } =>
  view === undefined ? {} : { rootId: view.id };

async function newContent(request: Request & { view?: ActionRequest['view'] }): Promise<ModalContent> {
  const found = await viewProgrammes(request.context, request.workspaceId, request.userId);
  if (!found.ok) return { instead: await explain(request, found.problem) };
  if (!found.value.mayRun) {
    noteDenial();
    return { instead: { text: runByEnablement } };
  }
  const rootId = request.view?.id;
  return {
    view: newForm(found.value.settings, { programmeId: '', ...(rootId === undefined ? {} : { rootId }) }),
  };
}

async function onTop(request: ActionRequest, which: 'change' | 'enrol' | 'withdraw'): Promise<ModalContent> {
  const { context, workspaceId, userId, value } = request;
  const found = await viewProgramme(context, workspaceId, userId, value);
  if (!found.ok) return { instead: await explain(request, found.problem) };
  if (!found.value.mayRun) {
    noteDenial();
    return { instead: { text: runByEnablement } };
  }
  const carried: Carried = { programmeId: value, ...rootOf(request) };
  const { programme: one, settings } = found.value;
  if (which === 'change') return { view: changeForm(one, settings, carried) };
  return { view: which === 'enrol' ? enrolForm(one, carried) : withdrawForm(one, carried) };
}

async function pressedEnd(request: ActionRequest): Promise<Reply> {
  const { context, workspaceId, userId, value, view } = request;
  const ended = await endProgramme(context, workspaceId, { userId, programmeId: value });
  refresh(request, { programmeId: value, ...(view === undefined ? {} : { rootId: view.id }) });
  return ended.ok
    ? { changed: ended.value.changed }
    : { text: `${whyNotEnded[ended.problem.kind]} Nothing was changed.` };
}

const whyNotEnded: Record<ProgrammeProblem['kind'], string> = {
  not_yours: 'Programmes are ended by enablement, and you are not that at the moment.',
  gone: 'This programme is not there any more.',
  ended: 'This programme was ended before.',
  not_enrolled: 'Nobody is in this programme.',
};

async function pressedDayZero(request: ActionRequest): Promise<Reply> {
  const { view, value } = request;
  const isModal = view?.callbackId === ids.detail;
  const carried: Carried = { programmeId: value, ...(isModal ? rootOf(request) : {}) };
  return openModal(request, light(ids.dayZeroForm, 'Day 0', isModal), dayZero(request, carried));
}

async function dayZero(request: Request, carried: Carried): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const opened = await openDayZero(context, workspaceId, userId, carried.programmeId);
  return opened.ok
    ? { view: dayZeroForm(opened.value, carried) }
    : { instead: { text: whyNoDayZero(opened.problem) } };
}

/** Saved is saved: the form closes without waiting until what is below it shows that. */
function refresh(request: Request, { programmeId, rootId }: Carried): void {
  if (rootId === undefined) return;
  const content = programmeId === '' ? list(request) : detail(request, programmeId, true);
  const updated = content.then(async (one) => {
    if ('view' in one) await unlessGone(request.client.views.update({ view_id: rootId, view: one.view }));
  });
  updated.catch((error: unknown) =>
    request.context.log.warn({ err: error }, 'a programme was not brought up to date below its form'),
  );
}

async function saveNew(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = carriedIn(view);
  const read = readContent(view, today(request));
  if (!read.ok) return { errors: read.errors };
  const saved = await makeProgramme(context, workspaceId, {
    userId,
    viewId: view.id,
    content: read.value,
    choice: readChoice(view),
    seen: carried.seen,
  });
  if (!saved.ok) {
    return saved.problem.kind === 'choice'
      ? { errors: choiceErrors(saved.problem.problems) }
      : { errors: { [fields.name]: notSavedBecause(saved.problem) } };
  }
  if (saved.value.kind === 'preview') {
    const found = await viewProgrammes(context, workspaceId, userId);
    if (!found.ok) return { errors: { [fields.name]: notSavedBecause({ kind: 'not_yours' }) } };
    return { update: newForm(found.value.settings, carried, saved.value.preview) };
  }
  refresh(request, carried);
  return { close: true, changed: saved.value.changed };
}

async function saveEnrolled(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = carriedIn(view);
  const choice = readChoice(view);
  if (Object.values(choice).every(({ length }) => length === 0)) {
    return { errors: { [fields.picked]: 'Choose somebody, in any of these ways.' } };
  }
  const { programmeId, seen } = carried;
  const saved = await enrolMore(context, workspaceId, { userId, viewId: view.id, programmeId, choice, seen });
  if (!saved.ok) {
    return saved.problem.kind === 'choice'
      ? { errors: choiceErrors(saved.problem.problems) }
      : { errors: { [fields.picked]: notSavedBecause(saved.problem) } };
  }
  if (saved.value.kind === 'preview') {
    const found = await viewProgramme(context, workspaceId, userId, programmeId);
    if (!found.ok) return { errors: { [fields.picked]: notSavedBecause({ kind: 'gone' }) } };
    return { update: enrolForm(found.value.programme, carried, saved.value.preview) };
  }
  refresh(request, carried);
  return { close: true, changed: saved.value.changed };
}

async function saveChange(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = carriedIn(view);
  const read = readContent(view, today(request));
  if (!read.ok) return { errors: read.errors };
  const given = { userId, programmeId: carried.programmeId, content: read.value };
  const saved = await changeProgramme(context, workspaceId, given);
  if (!saved.ok) return { errors: { [fields.name]: notSavedBecause(saved.problem) } };
  refresh(request, carried);
  const { moved, excused, changed } = saved.value;
  if (moved + excused === 0) return { close: true, changed };
  const also =
    excused === 0
      ? ''
      : ` ${excused} would have been over before they could be answered, so they are excused and count neither way.`;
  const words = `Saved. ${moved} open ${moved === 1 ? 'check-in moves' : 'check-ins move'} with the date; what is over stays.${also}`;
  return { update: wordsModal('Programme changed', words), changed };
}

async function saveWithdrawn(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = carriedIn(view);
  const repIds = filledIn(view).people(fields.leaving);
  if (repIds.length === 0) return { errors: { [fields.leaving]: 'Choose who leaves it.' } };
  const given = { userId, programmeId: carried.programmeId, repIds };
  const saved = await withdrawReps(context, workspaceId, given);
  if (!saved.ok) return { errors: { [fields.leaving]: notSavedBecause(saved.problem) } };
  refresh(request, carried);
  return { close: true, changed: saved.value.changed };
}

async function saveDayZero(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = carriedIn(view);
  const first = view.inputs[0] ?? '';
  const opened = await openDayZero(context, workspaceId, userId, carried.programmeId);
  if (!opened.ok) return { errors: { [first]: `Not saved. ${whyNoDayZero(opened.problem)}` } };
  const { programme: one, reps } = opened.value;
  const given = { userId, programmeId: one.id, shown: readDayZero(view, one) };
  const saved = await recordDayZero(context, workspaceId, given);
  if (!saved.ok) return { errors: { [first]: `Not saved. ${whyNoDayZero(saved.problem)}` } };
  refresh(request, carried);
  const from = (carried.from ?? 0) + dayZeroPage;
  if (from >= reps.length) return { close: true, changed: saved.value.changed };
  const next = await dayZero(request, { ...carried, from });
  return 'view' in next ? { update: next.view } : { close: true };
}

/** Within a year, a day more or less for the zone does not matter. */
const today = ({ context }: Request): string => toLocal(context.clock.now(), 'UTC').date;

const runByEnablement = 'Programmes are set up and changed by enablement. Nothing was changed.';

async function explain(
  request: Request,
  { kind }: NoProgrammes | ProgrammeProblem,
): Promise<{ text: string }> {
  if (kind === 'you_are_unknown') return answerToUnknown(request);
  if (kind === 'gone') return { text: 'This programme is not there any more.' };
  return {
    text: 'Programmes are run by enablement, and seen by managers of reps who are in them. Yours is on your Home tab.',
  };
}

function whyNoDayZero(problem: DayZeroProblem): string {
  switch (problem.kind) {
    case 'not_yet':
      return `The session is on ${dayInWords(problem.sessionOn)}; what each showed can be recorded from that day on.`;
    case 'gone':
      return 'This programme is not there any more.';
    case 'nobody_asked':
      return 'Nothing is asked of anybody here after the training, so no day 0 is kept.';
    case 'not_yours':
      return 'What each showed is recorded by their manager or by enablement.';
  }
}
