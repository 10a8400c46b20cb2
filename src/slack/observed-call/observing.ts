import { givePractice } from '#services/give-practice.ts';
import { openDebrief, type WhichCall } from '#services/open-debrief.ts';
import { shareDebrief } from '#services/share-debrief.ts';
import { withdrawDebrief } from '#services/withdraw-debrief.ts';
import type { DebriefContent } from '#storage/debriefs.ts';
import { type Choosing, openAbout } from '../choose-person.ts';
import type {
  ActionRequest,
  CommandRequest,
  Reply,
  Request,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, unlessGone, wordsModal } from '../modal.ts';
import { assignErrors } from '../practice/replies.ts';
import { openPressed } from '../remember-press.ts';
import { firstNameOf, fitted, inMarkup, inOneLine } from '../text.ts';
import { carriedIn, carriedOf } from './carried.ts';
import { debriefForm, fields } from './debrief-form.ts';
import { explain, notSavedBecause, notWithdrawn } from './replies.ts';
import { readDebrief } from './submission.ts';
import { ids } from './view.ts';
import { concernsInWords } from './words.ts';

const light = { callbackId: ids.modal, title: 'After a call' };

const whose: Choosing = {
  question: 'Whose call?',
  command: '/coach observe',
  actionId: ids.observe,
  does: 'Write after a call of',
  nobody:
    'Nobody reports to you in Sideline, so there is no call to write about. An admin or your enablement lead can change that.',
};

/** `/coach observe @rep` */
export function observe(request: CommandRequest): Promise<Reply> {
  return openAbout(request, light, whose, (repId) => content(request, { repId }));
}

export const pressedObserve = (request: ActionRequest): Promise<Reply> =>
  pressed(request, { repId: request.value });
export const pressedObservePlan = (request: ActionRequest): Promise<Reply> =>
  pressed(request, { planId: request.value });
export const pressedChange = (request: ActionRequest): Promise<Reply> =>
  pressed(request, { debriefId: request.value });

async function pressed(request: ActionRequest, which: WhichCall): Promise<Reply> {
  return openPressed(request, light, content(request, which));
}

async function content(request: Request, which: WhichCall): Promise<ModalContent> {
  const { context, workspaceId, userId, botUserId } = request;
  const opened = await openDebrief(context, workspaceId, userId, which);
  if (opened.ok) return { view: debriefForm(carriedOf(opened.value), opened.value.debrief) };
  if (opened.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
  return { instead: explain(opened.problem, botUserId) };
}

export async function pressedMore({ client, view }: ActionRequest): Promise<Reply> {
  if (view === undefined) return undefined;
  const filled = debriefForm({ ...carriedIn(view), more: true });
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: filled }));
  return undefined;
}

export async function save({
  context,
  workspaceId,
  userId,
  view,
}: SubmissionRequest): Promise<SubmissionAnswer> {
  const carried = carriedIn(view);
  const read = readDebrief(view, carried, userId);
  if (!read.ok) return { errors: read.errors };
  const shared = await shareDebrief(context, workspaceId, read.answers);
  if (!shared.ok) return { errors: { [fields.account]: notSavedBecause(shared.problem, carried.repName) } };
  const changed = [userId, carried.repId];
  const after = [
    ...concernsInWords(read.answers.content),
    ...(await notGiven(context, workspaceId, {
      ...read.answers,
      repName: carried.repName,
      itemId: shared.value.toPractise,
    })),
  ];
  if (after.length === 0) return { close: true, changed };
  const first = inMarkup(firstNameOf(carried.repName));
  return { update: wordsModal('Shared', [`Shared with ${first}.`, ...after].join('\n')), changed };
}

/** What the rep is to practise becomes theirs to practise; why not, where it cannot. */
async function notGiven(
  context: Request['context'],
  workspaceId: string,
  one: {
    viewId: string;
    observerId: string;
    repId: string;
    repName: string;
    itemId: string | undefined;
    content: DebriefContent;
  },
): Promise<string[]> {
  const { viewId, observerId: managerId, repId, repName, itemId, content } = one;
  if (itemId === undefined) return [];
  const given = await givePractice(context, workspaceId, {
    viewId,
    managerId,
    repId,
    itemId,
    why: fitted(inOneLine(content.moment), 300),
  });
  if (given.ok || given.problem.kind === 'practising_already') return [];
  const [reason = ''] = Object.values(assignErrors(given.problem, repName));
  return [`Nothing was given to practise: ${inMarkup(reason)} \`/coach practice\` does it later.`];
}

/** Pressed inside the form, which then says so. */
export async function pressedWithdraw({
  context,
  client,
  workspaceId,
  userId,
  value,
  view,
}: ActionRequest): Promise<Reply> {
  const withdrawn = await withdrawDebrief(context, workspaceId, { debriefId: value, observerId: userId });
  const text = withdrawn.ok
    ? 'Withdrawn. It is no longer shared, and counts as no evidence; that it was there stays in its history.'
    : notWithdrawn(withdrawn.problem.kind);
  if (view !== undefined) {
    await unlessGone(client.views.update({ view_id: view.id, view: wordsModal('After the call', text) }));
  }
  return withdrawn.ok ? { changed: [userId, withdrawn.value.repId] } : undefined;
}
