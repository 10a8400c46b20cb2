import { type NotYourReport, openTimeReport, type TimeToReport } from '#services/open-time-report.ts';
import { reportTime } from '#services/report-time.ts';
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
import { type Carried, carriedIn } from './carried.ts';
import { comparisonModal } from './comparison.ts';
import { timeReportHome } from './home.ts';
import { timeModal } from './modal.ts';
import { mostReps, repsAtATime } from './more.ts';
import { timeReportRows } from './rows.ts';
import { readTime } from './submission.ts';
import { fieldId, ids, title } from './view.ts';
import { explainReport, notReportedBecause, whoSeesTime } from './words.ts';

/** `/coach time`, Friday's prompt, and the modal both open. */
export const timeReport: Feature = {
  name: 'manager time',
  help: [
    {
      usage: '/coach time',
      does: 'say roughly how your week went, and compare it with the reference mix',
      for: ['manager'],
      example: '/coach time',
      more: `Five guesses, in hours or in percent. Last week and the three before can be told or corrected under More. ${whoSeesTime}`,
      button: 'Report time',
    },
  ],
  commands: { time },
  actions: {
    [ids.report]: pressedReport,
    [ids.more]: (request) => showAgain(request, (carried) => ({ ...carried, more: true, reps: repsAtATime })),
    [ids.moreReps]: (request) =>
      showAgain(request, (carried) => ({ ...carried, reps: Math.min(mostReps, carried.reps + repsAtATime) })),
    [ids.week]: (request) => showAgain(request, (carried) => ({ ...carried, week: request.value }), true),
  },
  submissions: { [ids.modal]: save },
  rows: { time_report: timeReportRows },
  home: timeReportHome,
};

function time(request: CommandRequest): Promise<Reply> {
  return open(request);
}

async function pressedReport(request: ActionRequest): Promise<Reply> {
  const [reply] = await Promise.all([open(request, request.value), rememberPress(request)]);
  return reply;
}

function open(request: Request & { triggerId: string }, week?: string): Promise<Reply> {
  return openModal(request, { callbackId: ids.modal, title }, content(request, week));
}

/** A button without a week means the one that a command would. */
async function content(request: Request, week = ''): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const opened = await openTimeReport(context, workspaceId, userId, week === '' ? undefined : week);
  if (opened.ok) {
    const begun = { week: opened.value.week, more: false, reps: 0 };
    return { view: timeModal(opened.value, withSaved(begun, opened.value)) };
  }
  return { instead: await whyNot(request, opened.problem) };
}

const whyNot = async (request: Request, problem: NotYourReport): Promise<{ text: string }> =>
  problem.kind === 'you_are_unknown' ? answerToUnknown(request) : { text: explainReport(problem) };

function withSaved({ saved: _, ...carried }: Carried, { said, week }: TimeToReport): Carried {
  return said === undefined ? carried : { ...carried, saved: week };
}

/** The same form with more in it; another week begins with what was saved for it. */
async function showAgain(
  request: ActionRequest,
  change: (carried: Carried) => Carried,
  isOtherWeek = false,
): Promise<Reply> {
  const { context, client, workspaceId, userId, view } = request;
  if (view === undefined) return undefined;
  const carried = change(carriedIn(view));
  const opened = await openTimeReport(context, workspaceId, userId, carried.week);
  // On top of the form, which keeps what was typed.
  if (!opened.ok) return whyNot(request, opened.problem);
  const shown = timeModal(opened.value, isOtherWeek ? withSaved(carried, opened.value) : carried);
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: shown }));
  return undefined;
}

async function save({ context, workspaceId, userId, view }: SubmissionRequest): Promise<SubmissionAnswer> {
  const carried = carriedIn(view);
  const read = readTime(view, carried);
  if (!read.ok) return { errors: read.errors };
  const reported = await reportTime(context, workspaceId, { ...read.given, managerId: userId });
  if (!reported.ok) {
    return { errors: { [fieldId('innovating', carried)]: notReportedBecause(reported.problem) } };
  }
  const { managersManagerId } = reported.value;
  return {
    update: comparisonModal(reported.value),
    changed: managersManagerId === undefined ? [userId] : [userId, managersManagerId],
  };
}
