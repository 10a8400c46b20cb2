import { answerCheckIns, type GivenAnswers } from '#services/answer-check-in.ts';
import { type CheckInProblem, openCheckIn, openTeamCheckIns } from '#services/open-check-in.ts';
import type {
  ActionRequest,
  Feature,
  OpenView,
  Reply,
  Request,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { type ModalContent, unlessGone, wordsModal } from '../modal.ts';
import { openPressed } from '../remember-press.ts';
import { checkInRows } from './rows.ts';
import { missingIn, ownAnswers, teamAnswers } from './submission.ts';
import { leftOutModal, repsOnPage, TeamCarried, teamModal } from './team-view.ts';
import { Carried, checkInModal, ids, teamIn } from './view.ts';

/** What is left of a training on day 2, 7, 14 …: the rep looks back first, then the manager at the whole team. */
export const checkIn: Feature = {
  name: 'check-in',
  help: [],
  actions: {
    [ids.answer]: pressedAnswer,
    [ids.more]: pressedMore,
    [ids.team]: (request) => pressedTeam(request, false),
    [ids.teamAll]: (request) => pressedTeam(request, true),
    [ids.teamMore]: pressedTeamMore,
    [ids.row]: () => Promise.resolve(undefined),
  },
  submissions: { [ids.modal]: save, [ids.teamModal]: saveTeam },
  rows: { check_in: checkInRows },
};

const title = 'A quick look';

async function pressedAnswer(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.modal, title };
  const content = own(request, request.value, false);
  return openPressed(request, light, content);
}

async function own(request: Request, occurrenceId: string, more: boolean): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const opened = await openCheckIn(context, workspaceId, userId, occurrenceId);
  return opened.ok
    ? { view: checkInModal(opened.value, more) }
    : { instead: { text: explain(opened.problem) } };
}

async function pressedMore(request: ActionRequest): Promise<Reply> {
  const { view } = request;
  if (view === undefined) return undefined;
  const { occurrenceId } = Carried.parse(JSON.parse(view.privateMetadata));
  return showInstead(request, view, await own(request, occurrenceId, true));
}

async function pressedTeam(request: ActionRequest, all: boolean): Promise<Reply> {
  const carried: TeamCarried = { ...teamIn(request.value), all, from: 0, more: false };
  const light = { callbackId: ids.teamModal, title };
  return openPressed(request, light, team(request, carried));
}

async function team(
  request: Request,
  carried: TeamCarried,
  chosen: readonly GivenAnswers[] = [],
): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const opened = await openTeamCheckIns(context, workspaceId, userId, carried);
  if (!opened.ok) return { instead: { text: explain(opened.problem) } };
  const rows = opened.value.rows.map(({ facts, initial }) => ({
    facts,
    initial: {
      ...initial,
      ...chosen.find(({ occurrenceId }) => occurrenceId === facts.occurrenceId)?.answers,
    },
  }));
  return { view: teamModal({ ...opened.value, rows }, carried) };
}

async function pressedTeamMore(request: ActionRequest): Promise<Reply> {
  const { view } = request;
  if (view === undefined) return undefined;
  const carried = TeamCarried.parse(JSON.parse(view.privateMetadata));
  // Slack promises to keep what was chosen in inputs, not in menus of a row.
  const drawn = await team(request, { ...carried, more: true }, teamAnswers(view));
  return showInstead(request, view, drawn);
}

async function showInstead({ client }: ActionRequest, view: OpenView, content: ModalContent): Promise<Reply> {
  if ('instead' in content) return content.instead;
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: content.view }));
  return undefined;
}

async function save({ context, workspaceId, userId, view }: SubmissionRequest): Promise<SubmissionAnswer> {
  const { occurrenceId } = Carried.parse(JSON.parse(view.privateMetadata));
  const [first] = view.inputs;
  const missing = missingIn(view);
  if (missing.length > 0) {
    return { errors: Object.fromEntries(missing.map((id) => [id, 'Choose one; “No chance” is an answer.'])) };
  }
  const rows = [ownAnswers(view, occurrenceId)];
  const given = { viewId: view.id, userId, side: 'rep' as const, rows };
  const saved = await answerCheckIns(context, workspaceId, given);
  if (saved.ok) return { close: true, changed: saved.value.changed };
  return { errors: { [first ?? '']: 'Not saved: this check-in was for somebody else.' } };
}

async function saveTeam(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = TeamCarried.parse(JSON.parse(view.privateMetadata));
  const rows = teamAnswers(view);
  const given = {
    viewId: `${view.id}#${rows[0]?.occurrenceId ?? ''}`,
    userId,
    side: 'manager' as const,
    rows,
  };
  const saved = await answerCheckIns(context, workspaceId, given);
  if (!saved.ok) return theirsNow(view);
  const { changed, leftOut } = saved.value;
  if (leftOut.length > 0) return { update: leftOutModal(leftOut, rows.length - leftOut.length), changed };
  const next = await nextPage(request, carried, rows);
  return next === undefined ? { close: true, changed } : { update: next, changed };
}

/** Menus in a row can carry no error; where an example was typed, it stays to be copied. */
function theirsNow({ inputs: [example] }: OpenView): SubmissionAnswer {
  const why = 'Not saved: they report to somebody else now, who is asked about them.';
  if (example === undefined) return { update: wordsModal(title, why) };
  return { errors: { [example]: `${why} Close this with “Not now”.` } };
}

/** Those that are answered leave the list of open ones by themselves; of the list of all, the next follow. */
async function nextPage(request: SubmissionRequest, carried: TeamCarried, rows: readonly GivenAnswers[]) {
  const { context, workspaceId, userId } = request;
  const opened = await openTeamCheckIns(context, workspaceId, userId, carried);
  if (!opened.ok) return undefined;
  const from = carried.all ? carried.from + rows.length : 0;
  // One that has fallen due since is for the next time, not for a page of its own.
  if (from >= opened.value.rows.length || (!carried.all && rows.length < repsOnPage)) return undefined;
  return teamModal(opened.value, { ...carried, from });
}

function explain({ kind }: CheckInProblem | { kind: 'nothing_open' }): string {
  switch (kind) {
    case 'not_yours':
      return 'This check-in is asked of somebody else.';
    case 'called_off':
      return 'This check-in was called off, so there is nothing to answer.';
    case 'too_early':
      return 'This check-in is still to come. It will be on your card that day.';
    case 'nothing_open':
      return 'All of these are answered or closed. Home shows what both of you said.';
  }
}
