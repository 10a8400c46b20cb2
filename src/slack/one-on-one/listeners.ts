import { findReports } from '#services/find-reports.ts';
import { logOneOnOne } from '#services/log-one-on-one.ts';
import { openOneOnOne } from '#services/open-one-on-one.ts';
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
import { type ModalContent, openModal, unlessGone } from '../modal.ts';
import { rememberPress } from '../remember-press.ts';
import { asTyped, mentionedUser } from '../text.ts';
import { carriedIn, carriedOf, markOf } from './carried.ts';
import { askWhose } from './choose-rep.ts';
import { oneOnOneHome } from './home.ts';
import { explain, notSavedBecause } from './replies.ts';
import { oneOnOneRows } from './rows.ts';
import { readOneOnOne } from './submission.ts';
import { fields, ids, oneOnOneModal } from './view.ts';

/** `/coach log @rep`, the button of the prompt, and the modal both open. */
export const oneOnOne: Feature = {
  name: 'weekly 1:1',
  help: [
    {
      usage: '/coach log @name',
      does: 'write down a 1:1: one thing to try, and how last time went',
      for: ['manager'],
      example: '/coach log @Sam',
      more: 'Part of a name will do, and none brings a list. Your rep sees the one thing and its date; a private note is yours alone.',
      button: 'Log a 1:1',
    },
  ],
  commands: { log },
  actions: { [ids.log]: pressedLog, [ids.more]: pressedMore },
  submissions: { [ids.modal]: save },
  rows: { one_on_one: oneOnOneRows },
  home: oneOnOneHome,
};

async function log(request: CommandRequest): Promise<Reply> {
  const mentioned = mentionedUser(request.rest);
  if (mentioned !== undefined) return open(request, mentioned);
  const reports = await findReports(request.context, request.workspaceId, request.userId);
  if (reports === undefined) return answerToUnknown(request);
  const typed = asTyped(request.rest).trim();
  const named = typed.replace(/^@/, '').toLowerCase();
  if (named === '') return askWhose(reports);
  const matching = reports.filter(({ name }) => name.toLowerCase().includes(named));
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return open(request, only.id);
  return askWhose(matching.length > 0 ? matching : reports, typed);
}

function open(request: Request & { triggerId: string }, repId: string): Promise<Reply> {
  return openModal(request, { callbackId: ids.modal, title: '1:1' }, content(request, repId));
}

async function content(request: Request, repId: string): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const opened = await openOneOnOne(context, workspaceId, userId, repId);
  if (opened.ok) return { view: oneOnOneModal(carriedOf(opened.value)) };
  if (opened.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
  return { instead: explain(opened.problem, request.botUserId) };
}

async function pressedLog(request: ActionRequest): Promise<Reply> {
  const [reply] = await Promise.all([open(request, request.value), rememberPress(request)]);
  return reply;
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
