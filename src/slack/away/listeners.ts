import { readTypedDays } from '#domain/typed-days.ts';
import { endAbsence, setAbsence } from '#services/set-absence.ts';
import { viewAbsences } from '#services/view-absences.ts';
import type {
  ActionRequest,
  CommandRequest,
  Feature,
  Reply,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { filledIn } from '../form.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, openModal, unlessGone } from '../modal.ts';
import { asTyped, fitted, inOneLine } from '../text.ts';
import { awayHome } from './home.ts';
import { explainAt, howToType } from './replies.ts';
import { type AwayForm, awayModal, Carried, daysInWords, fieldsFor, formFor, ids } from './view.ts';

/** `/coach away` and `/coach back`: nobody is asked while they are away. */
export const away: Feature = {
  name: 'away',
  help: [
    {
      usage: '/coach away [first day] [last day]',
      does: 'say when you are away; nothing is asked of you then',
      for: [],
      example: '/coach away monday friday',
      more: `${howToType} What is asked waits for your return, or is excused if it ends before. A manager can name another one, who is asked instead.`,
      button: 'Be away',
    },
    {
      usage: '/coach back',
      does: 'you are back sooner; what waits comes on your next card',
      for: [],
      example: '/coach back',
      more: 'Ends the absence you are in, as of yesterday. Those to come stay.',
    },
  ],
  commands: { away: open, back },
  actions: { [ids.change]: pressedChange, [ids.end]: pressedEnd },
  submissions: { [ids.modal]: save },
  home: awayHome,
};

const light = { callbackId: ids.modal, title: 'Away' };

function open(request: CommandRequest): Promise<Reply> {
  return openModal(request, light, typedContent(request));
}

async function typedContent(request: CommandRequest): Promise<ModalContent> {
  const shown = await viewAbsences(request.context, request.workspaceId, request.userId);
  if (shown === undefined) return { instead: await answerToUnknown(request) };
  const { first, last, unread } = readTypedDays(asTyped(request.rest), shown.today);
  return { view: awayModal({ ...formFor(shown), first, last, hint: hintFor(unread, first, shown.today) }) };
}

function hintFor(unread: string | undefined, first: string | undefined, today: string): string | undefined {
  if (unread !== undefined) {
    return `“${fitted(inOneLine(unread), 60)}” could not be read as a day. ${howToType} Or choose the days here.`;
  }
  return first !== undefined && first < today
    ? 'The first day is over. Choose today or a later one.'
    : undefined;
}

async function pressedChange(request: ActionRequest): Promise<Reply> {
  const { context, client, workspaceId, userId, value, view } = request;
  const content = async (): Promise<ModalContent> => {
    const shown = await viewAbsences(context, workspaceId, userId);
    if (shown === undefined) return { instead: await answerToUnknown(request) };
    return { view: awayModal(formFor(shown, value)) };
  };
  if (view?.callbackId !== ids.modal) return openModal(request, light, content());
  const filled = await content();
  if ('view' in filled) {
    await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: filled.view }));
  }
  return undefined;
}

async function pressedEnd({
  context,
  client,
  workspaceId,
  userId,
  value,
  view,
}: ActionRequest): Promise<Reply> {
  await endAbsence(context, workspaceId, userId, { id: value });
  const shown = await viewAbsences(context, workspaceId, userId);
  if (shown === undefined || view === undefined) return { changed: [userId] };
  const form = { ...formFor(shown), hint: 'Ended. What waited comes on your next card.' };
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: awayModal(form) }));
  return { changed: [userId] };
}

async function back(request: CommandRequest): Promise<Reply> {
  const { context, workspaceId, userId } = request;
  const ended = await endAbsence(context, workspaceId, userId, 'current');
  if (!ended.ok) return answerToUnknown(request);
  if (ended.value.ended === undefined) {
    return { text: 'You are not away, so there is nothing to end. `/coach away` shows what is to come.' };
  }
  return {
    text: 'Welcome back. What waited comes on your next card; what was excused meanwhile does not count.',
    changed: [userId],
  };
}

async function save(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = Carried.parse(JSON.parse(view.privateMetadata));
  const fields = fieldsFor(carried.replaces);
  const filled = filledIn(view);
  const first = filled.date(fields.first);
  const last = filled.date(fields.last);
  const standInId = filled.person(fields.standIn);
  if (first === undefined) return { errors: { [fields.first]: 'Choose the first day you are away.' } };
  if (last === undefined) return { errors: { [fields.last]: 'Choose the last day you are away.' } };
  const days = `${first} ${last}`;
  const saved = await setAbsence(context, workspaceId, {
    memberId: userId,
    replaces: carried.replaces,
    firstDay: first,
    lastDay: last,
    standInId,
    isSure: carried.asked === days,
  });
  if (saved.ok) return { close: true, changed: [userId] };
  if (saved.problem.kind !== 'long') return { errors: explainAt(saved.problem, fields) };
  const form: AwayForm = {
    carried: { ...carried, asked: days },
    first,
    last,
    standInId,
    hint: `${daysInWords({ firstDay: first, lastDay: last })} are ${saved.problem.days} days, and until ${last} nothing is asked of you. If that is right, save it once more.`,
    known: [],
    today: first,
  };
  return { update: awayModal(form) };
}
