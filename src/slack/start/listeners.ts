import type { KnownBlock } from '@slack/web-api';
import type { NotForPilot } from '#services/choose-pilot.ts';
import { startAs, switchAs } from '#services/run-workspace.ts';
import { type NotYoursToStart, viewStart } from '#services/view-start.ts';
import { askOneOf } from '../ask-one-of.ts';
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
import { plain } from '../rich-text.ts';
import { type Chosen, carriedIn, choices, ids, mostManagers, runsFor, startModal } from './view.ts';
import { previewModal, weekModal } from './week.ts';
import { counted, firstOf, momentOf } from './words.ts';

/** `/coach start`, with what would happen first; `/coach pause` and `/coach resume`. */
export const start: Feature = {
  name: 'start',
  help: [
    {
      usage: '/coach start',
      does: 'see who would get what in the first week, and begin: for everybody or a pilot group',
      for: ['enablement', 'admin'],
      example: '/coach start',
      more: 'Nothing is sent before you press Start there. Enablement and admins see the page.',
      button: 'Start',
    },
    {
      usage: '/coach pause',
      does: 'send nothing more until resume',
      for: ['enablement', 'admin'],
      example: '/coach pause',
      more: 'It says what will happen, and asks for one press. What people open themselves goes on working. Everybody sees on Home that it is paused.',
    },
    {
      usage: '/coach resume',
      does: 'go on after a pause',
      for: ['enablement', 'admin'],
      example: '/coach resume',
      more: 'It says what will happen, and asks for one press. What is still open comes as one message to each person.',
    },
  ],
  commands: {
    start: begin,
    pause: (request) => offer(request, 'pause'),
    resume: (request) => offer(request, 'resume'),
  },
  actions: {
    [ids.who]: follow,
    [ids.managers]: follow,
    [ids.week]: pressedWeek,
    [ids.preview]: pressedPreview,
    [ids.pause]: (request) => pressed(request, 'pause'),
    [ids.resume]: (request) => pressed(request, 'resume'),
  },
  submissions: { [ids.modal]: save },
};

async function begin(request: CommandRequest): Promise<Reply> {
  return openModal(request, { callbackId: ids.modal, title: 'Start' }, beginning(request));
}

/** What `/coach start` opens. */
export async function beginning(request: Request): Promise<ModalContent> {
  const found = await viewStart(request.context, request.workspaceId, request.userId);
  if (!found.ok) return { instead: await refusal(request, found.problem) };
  const view = found.value;
  if (view.pausedAt !== null) return { instead: paused(view.pausedAt, view.viewer.timeZone) };
  if (view.startedAt !== null && view.pilot === undefined) {
    return { instead: withButtons(runsFor(view), ['The week ahead', ids.preview], ['Pause', ids.pause]) };
  }
  return {
    view: startModal(view, { who: view.pilot === undefined ? 'all' : 'pilot', managers: view.pilot ?? [] }),
  };
}

const paused = (at: number, zone: string): { text: string; blocks: KnownBlock[] } =>
  withButtons(`Sideline is paused since ${momentOf(at, zone)}: nothing is sent. ${whatHappens.resume}`, [
    'Resume',
    ids.resume,
  ]);

/** Text of ours, with what can be pressed below it. */
function withButtons(text: string, ...buttons: [label: string, actionId: string][]) {
  const blocks: KnownBlock[] = [
    { type: 'section', text: plain(text) },
    {
      type: 'actions',
      elements: buttons.map(([label, actionId]) => ({
        type: 'button',
        action_id: actionId,
        text: plain(label),
        value: actionId,
      })),
    },
  ];
  return { text, blocks };
}

const chosenIn = (view: Parameters<typeof filledIn>[0]): Chosen => {
  const filled = filledIn(view);
  return {
    who: filled.choice(ids.who) === choices.pilot ? 'pilot' : 'all',
    managers: filled.people(ids.managers),
  };
};

/** Who would take part has changed: the preview below follows. */
async function follow(request: ActionRequest): Promise<Reply> {
  const { context, client, workspaceId, userId, view } = request;
  if (view === undefined) return undefined;
  const chosen = chosenIn(view);
  const pilot = chosen.who === 'pilot' ? chosen.managers : undefined;
  const found = await viewStart(context, workspaceId, userId, { pilot });
  if (!found.ok) return refusal(request, found.problem);
  const shown = startModal(found.value, chosen);
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: shown }));
  return undefined;
}

function pressedWeek(request: ActionRequest): Promise<Reply> {
  return openModal(request, { callbackId: ids.weekModal, title: 'First week', onTop: true }, week(request));
}

async function week(request: ActionRequest): Promise<ModalContent> {
  const { context, workspaceId, userId, view, value } = request;
  const { pilot } = view === undefined ? {} : carriedIn(view);
  const found = await viewStart(context, workspaceId, userId, { pilot });
  if (!found.ok) return { instead: await refusal(request, found.problem) };
  const one = found.value.weeks.find(({ person }) => person.id === value);
  if (one === undefined)
    return { instead: { text: 'They would not take part any more. Open the preview anew.' } };
  return { view: weekModal(one, found.value) };
}

async function pressedPreview(request: ActionRequest): Promise<Reply> {
  const content = async (): Promise<ModalContent> => {
    const found = await viewStart(request.context, request.workspaceId, request.userId);
    return found.ok
      ? { view: previewModal(found.value) }
      : { instead: await refusal(request, found.problem) };
  };
  return openModal(request, { callbackId: ids.weekModal, title: 'The week ahead' }, content());
}

async function save(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const chosen = chosenIn(view);
  if (chosen.who === 'pilot' && chosen.managers.length === 0) {
    return {
      errors: {
        [ids.managers]: 'A pilot group needs a manager at least. Choose one, or begin with everybody.',
      },
    };
  }
  if (chosen.managers.length > mostManagers) {
    return {
      errors: {
        [ids.managers]: `At most ${mostManagers} here. Begin with everybody, or use the command line.`,
      },
    };
  }
  const pilot = chosen.who === 'pilot' ? chosen.managers : undefined;
  const started = await startAs(context, workspaceId, userId, pilot);
  if (!started.ok) {
    const { problem } = started;
    return problem.kind === 'not_for_pilot'
      ? { errors: { [ids.managers]: await notForPilot(request, problem.people) } }
      : {
          errors: {
            [ids.who]: 'Not started: that is for enablement and admins, and you are neither at the moment.',
          },
        };
  }
  if (started.value.kind === 'runs_for_all') {
    return {
      errors: { [ids.who]: 'Not changed: it runs for everybody by now. /coach pause stops it for all.' },
    };
  }
  const after = await viewStart(context, workspaceId, userId);
  const { managers, reps } = started.value;
  const first = after.ok ? after.value.weeks.find(({ messages }) => messages.length > 0) : undefined;
  const words = [
    after.ok ? runsFor(after.value) : 'Running.',
    `${counted(managers, 'manager')} and ${counted(reps, 'rep')} take part.`,
    first === undefined
      ? 'Nothing is due in the next seven days.'
      : `The first message goes out ${firstOf(first)}.`,
    '/coach pause stops it, /coach start adds people.',
  ].join(' ');
  return {
    update: wordsModal('Started', words, [{ type: 'section', text: plain(words) }]),
    changed: [userId],
  };
}

async function notForPilot(request: SubmissionRequest, people: readonly NotForPilot[]): Promise<string> {
  const found = await viewStart(request.context, request.workspaceId, request.userId);
  const reasons: Record<NotForPilot['kind'], string> = {
    unknown: 'is not on the list of people here',
    not_active: 'gets no messages',
    coaches_nobody: 'coaches nobody here',
  };
  const said = people
    .slice(0, 3)
    .map(({ named, kind }) => `${found.ok ? found.value.nameOf(named) : named} ${reasons[kind]}`);
  return `A pilot group is made of managers: ${said.join('; ')}. Take them out; the rest is kept.`.slice(
    0,
    1000,
  );
}

const whatHappens = {
  pause:
    'With Pause nothing more is sent to anybody, the digest included. What people open themselves works, what falls due meanwhile is excused where nobody was asked, and /coach resume goes on.',
  resume:
    'With Resume each person gets what is still open as one message, in their working time. What is over is not made up for.',
};

/** Says what would happen; one press does it. */
async function offer(request: Request, to: 'pause' | 'resume'): Promise<Reply> {
  const found = await viewStart(request.context, request.workspaceId, request.userId);
  if (!found.ok) return refusal(request, found.problem);
  const { startedAt, pausedAt, viewer } = found.value;
  if (startedAt === null) return { text: notRunning };
  if (to === 'resume') {
    return pausedAt === null
      ? { text: 'Sideline is not paused; nothing was changed.' }
      : paused(pausedAt, viewer.timeZone);
  }
  if (pausedAt !== null) return paused(pausedAt, viewer.timeZone);
  return withButtons(whatHappens.pause, ['Pause', ids.pause]);
}

const notRunning =
  'Sideline has not started here, so nothing is sent. `/coach start` shows what would happen, and starts it.';

async function pressed(request: ActionRequest, to: 'pause' | 'resume'): Promise<Reply> {
  const { context, workspaceId, userId } = request;
  const switched = await switchAs(context, workspaceId, userId, to);
  if (!switched.ok) return refusal(request, switched.problem);
  const { before, changed } = switched.value;
  if (before?.startedAt == null) return { text: notRunning };
  const text =
    to === 'pause'
      ? changed
        ? 'Paused: nothing more is sent. `/coach resume` goes on.'
        : 'Sideline was paused already; nothing was changed.'
      : changed
        ? 'Sideline goes on. Each person gets what is still open as one message, in their working time.'
        : 'Sideline was not paused; nothing was changed.';
  return { text, changed: [userId] };
}

async function refusal(request: Request, problem: NotYoursToStart): Promise<{ text: string }> {
  if (problem.kind === 'you_are_unknown') return answerToUnknown(request);
  const whom = askOneOf(problem.starters, 'Nobody here is either yet');
  return { text: `Enablement and admins start, pause and resume Sideline. ${whom}; nothing was changed.` };
}
