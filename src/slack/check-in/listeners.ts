import { type Pillar, pillars } from '#domain/pillar.ts';
import { checkInAnswers } from '#domain/retention.ts';
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
import { filledIn } from '../form.ts';
import { type ModalContent, unlessGone } from '../modal.ts';
import { openPressed } from '../remember-press.ts';
import { checkInRows } from './rows.ts';
import {
  Carried,
  checkInModal,
  exampleField,
  fieldOf,
  ids,
  leftOutModal,
  repsOnPage,
  TeamCarried,
  teamIn,
  teamModal,
} from './view.ts';

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

async function team(request: Request, carried: TeamCarried): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const opened = await openTeamCheckIns(context, workspaceId, userId, carried);
  return opened.ok
    ? { view: teamModal(opened.value, carried) }
    : { instead: { text: explain(opened.problem) } };
}

async function pressedTeamMore(request: ActionRequest): Promise<Reply> {
  const { view } = request;
  if (view === undefined) return undefined;
  const carried = TeamCarried.parse(JSON.parse(view.privateMetadata));
  return showInstead(request, view, await team(request, { ...carried, more: true }));
}

async function showInstead({ client }: ActionRequest, view: OpenView, content: ModalContent): Promise<Reply> {
  if ('view' in content) {
    await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: content.view }));
  }
  return undefined;
}

async function save({ context, workspaceId, userId, view }: SubmissionRequest): Promise<SubmissionAnswer> {
  const rows = rowsIn(view);
  const [first] = view.inputs;
  const missing = missingIn(view);
  if (missing.length > 0) {
    return { errors: Object.fromEntries(missing.map((id) => [id, 'Choose one; “No chance” is an answer.'])) };
  }
  const given = { viewId: view.id, userId, side: 'rep' as const, rows };
  const saved = await answerCheckIns(context, workspaceId, given);
  if (saved.ok) return { close: true, changed: saved.value.changed };
  return { errors: { [first ?? '']: 'Not saved: this check-in was for somebody else.' } };
}

async function saveTeam(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = TeamCarried.parse(JSON.parse(view.privateMetadata));
  const rows = rowsIn(view);
  const given = {
    viewId: `${view.id}#${rows[0]?.occurrenceId ?? ''}`,
    userId,
    side: 'manager' as const,
    rows,
  };
  const saved = await answerCheckIns(context, workspaceId, given);
  if (!saved.ok) {
    return {
      errors: {
        [view.inputs[0] ?? '']:
          'Not saved: they report to somebody else now, who is asked about them. Close this with “Not now”.',
      },
    };
  }
  const { changed, leftOut } = saved.value;
  if (leftOut.length > 0) return { update: leftOutModal(leftOut, rows.length - leftOut.length), changed };
  const next = await nextPage(request, carried, rows);
  return next === undefined ? { close: true, changed } : { update: next, changed };
}

/** Those that are answered leave the list of open ones by themselves; of the list of all, the next follow. */
async function nextPage(request: SubmissionRequest, carried: TeamCarried, rows: readonly GivenAnswers[]) {
  const { context, workspaceId, userId } = request;
  const opened = await openTeamCheckIns(context, workspaceId, userId, carried);
  if (!opened.ok) return undefined;
  const from = carried.all ? carried.from + rows.length : 0;
  const onPage = repsOnPage(opened.value.rows[0]?.facts.pillars.length ?? 1);
  // One that has fallen due since is for the next time, not for a page of its own.
  if (from >= opened.value.rows.length || (!carried.all && rows.length < onPage)) return undefined;
  return teamModal(opened.value, { ...carried, from });
}

const uuid = /^[0-9a-f-]{36}$/;

/** By rep, in the order of the form. */
function rowsIn(view: OpenView): GivenAnswers[] {
  const filled = filledIn(view);
  const occurrenceIds = [...new Set(view.inputs.map((id) => id.split('.')[0] ?? ''))];
  return occurrenceIds
    .filter((id) => uuid.test(id))
    .map((occurrenceId) => ({
      occurrenceId,
      answers: Object.fromEntries(
        pillars.flatMap((pillar) => {
          const chosen = filled.choice(fieldOf(occurrenceId, pillar));
          const answer = checkInAnswers.find((one) => one === chosen);
          return answer === undefined ? [] : [[pillar, answer]];
        }),
      ),
      example: filled.text(fieldOf(occurrenceId, exampleField)),
    }));
}

function missingIn(view: OpenView): string[] {
  const filled = filledIn(view);
  const isPillar = (id: string): boolean => pillars.includes((id.split('.')[1] ?? '') as Pillar);
  return view.inputs.filter((id) => isPillar(id) && filled.choice(id) === undefined);
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
