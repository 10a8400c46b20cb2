import { loggedToday, openChange } from '#services/change-one-on-one.ts';
import { logOneOnOne } from '#services/log-one-on-one.ts';
import { openOneOnOne } from '#services/open-one-on-one.ts';
import { viewOneOnOneHistory } from '#services/view-one-on-one-history.ts';
import { withdrawOneOnOne } from '#services/withdraw-one-on-one.ts';
import { type Choosing, openAbout } from '../choose-person.ts';
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
import { openPressed } from '../remember-press.ts';
import { firstNameOf, inMarkup } from '../text.ts';
import { carriedIn, carriedOf, carriedToChange, markOf } from './carried.ts';
import { fields } from './fields.ts';
import { historyModal } from './history.ts';
import { oneOnOneHome } from './home.ts';
import { explain, notSavedBecause, offerEarlier } from './replies.ts';
import { oneOnOneRows } from './rows.ts';
import { readOneOnOne } from './submission.ts';
import { ids, oneOnOneModal } from './view.ts';

/** `/coach log @rep`, the buttons of card and Home, and the modal all of them open. */
export const oneOnOne: Feature = {
  name: 'weekly 1:1',
  help: [
    {
      usage: '/coach log @name',
      does: 'write down a 1:1: one thing to try, and how last time went',
      for: ['manager'],
      example: '/coach log @Sam Rivera',
      more:
        'Your rep sees the one thing, its date and how last time went; a private note stays with you. A log can ' +
        'be changed or withdrawn from its card, from Home, or with this command on the same day.',
      button: 'Log a 1:1',
    },
  ],
  commands: { log },
  actions: {
    [ids.log]: pressedLog,
    [ids.another]: pressedLog,
    [ids.change]: pressedChange,
    [ids.withdraw]: pressedWithdraw,
    [ids.history]: pressedHistory,
    [ids.more]: pressedMore,
  },
  submissions: { [ids.modal]: save },
  rows: { one_on_one: oneOnOneRows },
  home: oneOnOneHome,
};

const light = { callbackId: ids.modal, title: '1:1' };

const whose: Choosing = {
  question: 'Whose 1:1?',
  command: '/coach log',
  actionId: ids.log,
  does: 'Log 1:1 with',
  nobody:
    'Nobody reports to you in Sideline, so there is no 1:1 to log. An admin or your enablement lead can change that.',
};

function log(request: CommandRequest): Promise<Reply> {
  const { context, workspaceId, userId } = request;
  return openAbout(request, light, whose, async (repId) => {
    const earlier = await loggedToday(context, workspaceId, userId, repId);
    return earlier === undefined ? content(request, repId) : { instead: offerEarlier(earlier) };
  });
}

async function content(request: Request, repId: string): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const opened = await openOneOnOne(context, workspaceId, userId, repId);
  if (opened.ok) return { view: oneOnOneModal(carriedOf(opened.value)) };
  if (opened.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
  return { instead: explain(opened.problem, request.botUserId) };
}

async function pressedLog(request: ActionRequest): Promise<Reply> {
  return openPressed(request, light, content(request, request.value));
}

async function pressedChange(request: ActionRequest): Promise<Reply> {
  return openPressed(request, light, contentToChange(request));
}

async function contentToChange(request: ActionRequest): Promise<ModalContent> {
  const { context, workspaceId, userId, value } = request;
  const opened = await openChange(context, workspaceId, userId, value);
  if (opened.ok) return { view: oneOnOneModal(carriedToChange(opened.value), opened.value.saved) };
  if (opened.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
  return { instead: explain(opened.problem, request.botUserId) };
}

async function pressedWithdraw(request: ActionRequest): Promise<Reply> {
  const { context, client, workspaceId, userId, value, view } = request;
  if (view === undefined) return undefined;
  const withdrawn = await withdrawOneOnOne(context, workspaceId, userId, value);
  const { repId, repName } = carriedIn(view);
  const first = inMarkup(firstNameOf(repName));
  const text = withdrawn.ok
    ? `Withdrawn. ${first} no longer sees what you agreed on. \`/coach log @name\` logs the 1:1 anew.`
    : notSavedBecause(withdrawn.problem, repName);
  await unlessGone(client.views.update({ view_id: view.id, view: wordsModal('1:1', text) }));
  return withdrawn.ok ? { changed: [userId, repId] } : undefined;
}

function pressedHistory(request: ActionRequest): Promise<Reply> {
  // On Home nothing is open yet that it could stand on.
  const onTop = request.view?.callbackId === ids.modal;
  const light = { callbackId: ids.history, title: 'What was saved', onTop };
  return openModal(request, light, history(request, onTop));
}

async function history(
  { context, workspaceId, userId, value }: ActionRequest,
  onTop: boolean,
): Promise<ModalContent> {
  const seen = await viewOneOnOneHistory(context, workspaceId, userId, value);
  if (seen.ok) return { view: historyModal(seen.value, { onTop }) };
  return { instead: { text: 'This is between the two who met. Nobody else sees it.' } };
}

async function pressedMore({ client, view }: ActionRequest): Promise<Reply> {
  if (view === undefined) return undefined;
  const filled = oneOnOneModal({ ...carriedIn(view), more: true });
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: filled }));
  return undefined;
}

async function save(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = carriedIn(view);
  const read = readOneOnOne(view, carried, userId);
  if (!read.ok) return { errors: read.errors };
  const logged = await logOneOnOne(context, workspaceId, read.answers);
  if (logged.ok) return { close: true, changed: [userId, carried.repId] };
  if (logged.problem.kind === 'vague') {
    return { update: oneOnOneModal({ ...carried, doubted: markOf(read.answers.takeaway ?? '') }) };
  }
  return { errors: { [fields.takeaway]: notSavedBecause(logged.problem, carried.repName) } };
}
