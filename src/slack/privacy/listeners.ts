import { askForErasure, openErasure } from '#services/ask-for-erasure.ts';
import { erase } from '#services/erase-person.ts';
import { viewAccesses, viewPrivacy } from '#services/view-privacy.ts';
import type {
  ActionRequest,
  CommandRequest,
  Feature,
  Reply,
  Request,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, openModal, unlessGone, wordsModal } from '../modal.ts';
import { plain } from '../rich-text.ts';
import { inMarkup, nameOf } from '../text.ts';
import { pressedCopy, pressedHandedOver } from './copy.ts';
import { privacyHome } from './home.ts';
import { tell } from './tell.ts';
import { askModal, ids, openedModal, privacyModal, reviewModal, title } from './view.ts';

/** `/coach privacy`: what is kept about me, who opened it, and how to be erased. */
export const privacy: Feature = {
  name: 'privacy',
  help: [
    {
      usage: '/coach privacy',
      does: 'what is kept about you, who opened it, a copy of it, and how to have it erased',
      for: [],
      example: '/coach privacy',
      more: 'Only you see it. Erasure is asked for there, and confirmed by an admin or enablement.',
      button: 'Privacy',
    },
  ],
  commands: { privacy: open },
  actions: {
    [ids.opened]: pressedOpened,
    [ids.later]: pressedLater,
    [ids.copy]: pressedCopy,
    [ids.handedOver]: pressedHandedOver,
    [ids.ask]: pressedAsk,
    [ids.callOff]: pressedCallOff,
    [ids.review]: pressedReview,
    [ids.erase]: pressedErase,
  },
  submissions: { [ids.askModal]: ask },
  home: privacyHome,
};

function open(request: CommandRequest): Promise<Reply> {
  return openModal(request, { callbackId: ids.modal, title }, content(request));
}

async function content(request: Request): Promise<ModalContent> {
  const found = await viewPrivacy(request.context, request.workspaceId, request.userId);
  return found.ok ? { view: privacyModal(found.value) } : { instead: await answerToUnknown(request) };
}

function pressedOpened(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.openedModal, title: 'Who opened it', onTop: true };
  return openModal(request, light, opened(request, 0));
}

async function pressedLater(request: ActionRequest): Promise<Reply> {
  const { client, view, value } = request;
  if (view === undefined) return undefined;
  const skip = Number(value);
  const found = await opened(request, Number.isInteger(skip) && skip >= 0 ? skip : 0);
  const shown = 'view' in found ? found.view : wordsModal(title, found.instead.text);
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: shown }));
  return undefined;
}

async function opened(request: Request, skip: number): Promise<ModalContent> {
  const found = await viewAccesses(request.context, request.workspaceId, request.userId, skip);
  return found.ok ? { view: openedModal(found.value) } : { instead: await answerToUnknown(request) };
}

function pressedAsk(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.askModal, title: 'Ask for erasure', onTop: true };
  return openModal(request, light, Promise.resolve({ view: askModal() }));
}

async function ask(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const asked = await askForErasure(request.context, request.workspaceId, request.userId, 'ask');
  if (!asked.ok) return { update: wordsModal(title, (await answerToUnknown(request)).text) };
  const said =
    'Asked. Nothing is erased until an admin or enablement confirms it, and then you are told. ' +
    'Until then `/coach privacy` calls it off.';
  const update = { ...wordsModal('Ask for erasure', said), close: plain('Back') };
  return { update, changed: asked.value.told };
}

async function pressedCallOff(request: ActionRequest): Promise<Reply> {
  const { context, client, workspaceId, userId, view } = request;
  const done = await askForErasure(context, workspaceId, userId, 'call_off');
  if (!done.ok) return answerToUnknown(request);
  if (view !== undefined) {
    const shown = await content(request);
    if ('view' in shown) {
      await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: shown.view }));
    }
  }
  return { changed: done.value.told };
}

function pressedReview(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.reviewModal, title: 'Erasure' };
  return openModal(request, light, review(request));
}

async function review({ context, workspaceId, userId, value }: ActionRequest): Promise<ModalContent> {
  const found = await openErasure(context, workspaceId, userId, value);
  if (found.ok) return { view: reviewModal(found.value) };
  return { instead: { text: why(found.problem) } };
}

const why = ({ kind }: { kind: 'not_permitted' | 'unknown' }): string =>
  kind === 'unknown'
    ? 'They do not ask to be erased any more, or are erased already. Nothing was changed.'
    : 'Erasure is confirmed by admins and enablement, and you are neither at the moment. Nothing was changed.';

async function pressedErase(request: ActionRequest): Promise<Reply> {
  const { context, client, workspaceId, userId, view, value } = request;
  const found = await openErasure(context, workspaceId, userId, value);
  const erased = await erase(context, workspaceId, value, userId);
  const said =
    erased.ok && found.ok
      ? `${inMarkup(nameOf(found.value.personName))} is erased. What was counted stays, without a name; messages from Sideline to them go in the next minutes.`
      : why(erased.ok ? { kind: 'unknown' } : erased.problem);
  if (view !== undefined) {
    const shown = { ...wordsModal('Erasure', said), close: plain('Close') };
    await unlessGone(client.views.update({ view_id: view.id, view: shown }));
  }
  if (!erased.ok) return undefined;
  await tell(
    request,
    { userId: value, dmChannel: erased.value.dmChannel },
    'What Sideline kept about you is erased, as you asked. You get nothing more from it. ' +
      'Its messages here are deleted as well, a few each minute; files of a copy you asked for stay.',
  );
  return { changed: [userId, value] };
}
