import { openAssignment } from '#services/assign-practice.ts';
import { bringBackPractice, endPractice } from '#services/end-practice.ts';
import { openReflection } from '#services/reflect-practice.ts';
import { openVerification, verifyPractice } from '#services/verify-practice.ts';
import { type Choosing, openAbout } from '../choose-person.ts';
import type { ActionRequest, CommandRequest, Feature, OpenView, Reply, Request } from '../feature.ts';
import { filledIn } from '../form.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, openModal, unlessGone } from '../modal.ts';
import { openPressed, rememberPress } from '../remember-press.ts';
import { inMarkup } from '../text.ts';
import { assignModal, Carried as CarriedAssign, carriedOf } from './assign-view.ts';
import { practiceHome } from './home.ts';
import { listContent, listIdOf, updateList } from './lists.ts';
import { Carried as CarriedReflect, carriedOf as reflectionCarried, reflectModal } from './reflect-view.ts';
import { explain, explainEnding, whyNoReflection, whyNoVerification } from './replies.ts';
import { practiceRows, verificationRows } from './rows.ts';
import { saveAssignment, saveReflection, saveVerification } from './submissions.ts';
import { verifyModal } from './verify-view.ts';
import { fields, ids } from './view.ts';

/** `/coach practice`: what reps try on real calls, looked back on, verified, and brought back in time. */
export const practice: Feature = {
  name: 'practice',
  help: [
    {
      usage: '/coach practice @name',
      does: 'give a rep one thing to practise on real calls',
      for: ['manager'],
      example: '/coach practice @Sam',
      more:
        'Choose from the list or write your own. It comes on their card on its day; they look back, you say what you saw, ' +
        'and both decide when it comes again. Managers above you and enablement can see it, other reps cannot.',
      button: 'Give practice',
    },
    {
      usage: '/coach practice',
      does: 'what you practise, and when each comes again',
      for: ['rep'],
      example: '/coach practice',
      more: 'Your managers and enablement can see it, other reps cannot.',
      button: 'My practice',
    },
  ],
  commands: { practice: command },
  actions: {
    [ids.assign]: pressedAssign,
    [fields.item]: choseItem,
    [ids.show]: pressedShow,
    [ids.reflect]: pressedReflect,
    [ids.reflectMore]: pressedMore,
    [ids.verify]: pressedVerify,
    [ids.notWatched]: pressedNotWatched,
    [ids.retire]: (request) => pressedEnd(request, 'retired'),
    [ids.withdraw]: (request) => pressedEnd(request, 'withdrawn'),
    [ids.bringBack]: pressedBringBack,
  },
  submissions: {
    [ids.assignModal]: saveAssignment,
    [ids.reflectModal]: saveReflection,
    [ids.verifyModal]: saveVerification,
  },
  rows: { practice: practiceRows },
  notes: { practice_to_verify: verificationRows },
  home: practiceHome,
};

const whose: Choosing = {
  question: 'Who is to practise something?',
  command: '/coach practice',
  actionId: ids.assign,
  does: 'Give something to practise to',
  nobody:
    'Nobody reports to you in Sideline, so there is nobody to give practice to. `/coach practice` alone shows your own.',
};

function command(request: CommandRequest): Promise<Reply> {
  const { userId } = request;
  const own = (): Promise<ModalContent> => listContent(request, userId);
  const light = { callbackId: ids.assignModal, title: 'Practice' };
  const content = (repId: string): Promise<ModalContent> =>
    repId === userId ? own() : assignContent(request, repId);
  return openAbout(request, light, whose, content, own);
}

/** What a press or a command brings along; a press inside a modal opens the next on top. */
type Opening = Request & { triggerId: string; view?: OpenView | undefined };

const isInModal = ({ view }: Opening): boolean => view !== undefined && view.callbackId !== '';

/** Opens the form that gives a rep something to practise; from anywhere, with an item of the bank chosen or none. */
export function openPracticeFor(request: Opening, repId: string, itemId?: string): Promise<Reply> {
  const onTop = isInModal(request) && request.view?.callbackId !== ids.assignModal;
  const light = { callbackId: ids.assignModal, title: 'Practice', onTop };
  return openModal(request, light, assignContent(request, repId, itemId));
}

async function assignContent(request: Opening, repId: string, itemId?: string): Promise<ModalContent> {
  const { context, workspaceId, userId, botUserId } = request;
  const opened = await openAssignment(context, workspaceId, userId, repId);
  if (opened.ok) return { view: assignModal(carriedOf(opened.value, itemId, listIdOf(request.view))) };
  if (opened.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
  return { instead: explain(opened.problem, botUserId) };
}

async function pressedAssign(request: ActionRequest): Promise<Reply> {
  const [repId = '', itemId] = request.value.split(' ');
  const [reply] = await Promise.all([openPracticeFor(request, repId, itemId), rememberPress(request)]);
  return reply;
}

async function choseItem({ client, view, value }: ActionRequest): Promise<Reply> {
  if (view === undefined) return undefined;
  const carried = CarriedAssign.parse(JSON.parse(view.privateMetadata));
  const shown = assignModal({ ...carried, chosen: value }, filledIn(view));
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: shown }));
  return undefined;
}

function showList(request: Opening, repId: string): Promise<Reply> {
  const onTop = isInModal(request);
  const light = { callbackId: ids.list, title: 'Practice', onTop };
  return openModal(request, light, listContent(request, repId, onTop));
}

function pressedShow(request: ActionRequest): Promise<Reply> {
  return showList(request, request.value);
}

async function pressedReflect(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.reflectModal, title: 'Look back', onTop: isInModal(request) };
  const content = async (): Promise<ModalContent> => {
    const { context, workspaceId, userId, value } = request;
    const opened = await openReflection(context, workspaceId, userId, value);
    if (!opened.ok) return { instead: { text: inMarkup(whyNoReflection(opened.problem)) } };
    const carried = reflectionCarried(opened.value, listIdOf(request.view));
    return { view: reflectModal(carried, opened.value.written) };
  };
  return openPressed(request, light, content());
}

async function pressedMore({ client, view }: ActionRequest): Promise<Reply> {
  if (view === undefined) return undefined;
  const carried = CarriedReflect.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const typed = { account: filled.text(fields.account), sentence: filled.text(fields.sentence) };
  const shown = reflectModal({ ...carried, more: true }, typed);
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: shown }));
  return undefined;
}

async function pressedVerify(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.verifyModal, title: 'Practice', onTop: isInModal(request) };
  const content = async (): Promise<ModalContent> => {
    const { context, workspaceId, userId, value } = request;
    const opened = await openVerification(context, workspaceId, userId, value);
    return opened.ok
      ? { view: verifyModal(opened.value, listIdOf(request.view)) }
      : { instead: { text: inMarkup(whyNoVerification(opened.problem)) } };
  };
  return openPressed(request, light, content());
}

async function pressedNotWatched(request: ActionRequest): Promise<Reply> {
  const { context, workspaceId, userId: managerId, value: reviewId } = request;
  await rememberPress(request);
  const given = { viewId: undefined, managerId, reviewId, verification: null, noteToRep: undefined };
  const saved = await verifyPractice(context, workspaceId, given);
  if (!saved.ok) return { text: inMarkup(whyNoVerification(saved.problem)) };
  return { changed: [managerId, saved.value.repId] };
}

async function pressedEnd(request: ActionRequest, as: 'retired' | 'withdrawn'): Promise<Reply> {
  const { context, workspaceId, userId: managerId, value: assignmentId } = request;
  return shown(request, await endPractice(context, workspaceId, { managerId, assignmentId, as }));
}

async function pressedBringBack(request: ActionRequest): Promise<Reply> {
  const { context, workspaceId, userId: managerId, value: assignmentId } = request;
  return shown(request, await bringBackPractice(context, workspaceId, { managerId, assignmentId }));
}

async function shown(
  request: ActionRequest,
  changed: Awaited<ReturnType<typeof endPractice>>,
): Promise<Reply> {
  if (!changed.ok) {
    const { problem } = changed;
    if (problem.kind === 'you_are_unknown') return answerToUnknown(request);
    return explainEnding(problem, request.botUserId);
  }
  if (request.view !== undefined) await updateList(request, request.view);
  return { changed: [request.userId, changed.value.repId] };
}
