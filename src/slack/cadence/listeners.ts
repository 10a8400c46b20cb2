import { toLocal } from '#domain/time/zone.ts';
import { type SlotsSaved, setSlots } from '#services/set-slot.ts';
import { viewSlots } from '#services/view-slots.ts';
import { type Choosing, openAbout } from '../choose-person.ts';
import type {
  ActionRequest,
  CommandRequest,
  Feature,
  OpenView,
  Reply,
  Request,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, openModal, unlessGone, wordsModal } from '../modal.ts';
import { explain } from '../one-on-one/replies.ts';
import { rememberPress } from '../remember-press.ts';
import { type Carried, carriedOf, namesOf } from './carried.ts';
import { slotNotes } from './rows.ts';
import { chosenIn, readPair, setAll, wishesOf } from './submission.ts';
import { cadenceModal, ids, pairFields, pairModal } from './view.ts';

/** `/coach cadence`: when a manager meets each rep. */
export const cadence: Feature = {
  name: 'days and times of 1:1s',
  help: [
    {
      usage: '/coach cadence',
      does: 'set the day and time of each 1:1, or pause one; `/coach cadence @name` for one rep',
      for: ['manager'],
      example: '/coach cadence @Sam Rivera',
      more:
        'What is planned and still ahead moves to the new time within its week. A 1:1 that falls into a pause is ' +
        'excused and counts neither way. Each rep sees their own day and time.',
      button: 'When we meet',
    },
  ],
  commands: { cadence: asked },
  actions: {
    [ids.open]: pressedOpen,
    [ids.pair]: pressedPair,
    [ids.everyDay]: (request) => redraw(request, (now) => setAll(now, { weekday: Number(request.value) })),
    [ids.everyTime]: (request) => redraw(request, (now) => setAll(now, { time: pickedTime(request.view) })),
    [ids.row]: () => Promise.resolve(undefined),
    [ids.page]: (request) => redraw(request, (now) => ({ ...now, page: Number(request.value) })),
  },
  submissions: { [ids.modal]: save, [ids.pairModal]: savePair },
  notes: { set_slots: slotNotes },
};

const nobody =
  'Nobody reports to you in Sideline, so there is no 1:1 to set. An admin or your enablement lead can change that.';

const whose: Choosing = {
  question: 'Whose 1:1s?',
  command: '/coach cadence',
  actionId: ids.pair,
  does: 'Set the 1:1s with',
  nobody,
};

function asked(request: CommandRequest): Promise<Reply> {
  if (request.rest.trim() === '') return openAll(request);
  return openAbout(request, lightPair, whose, (repId) => pair(request, repId));
}

function openAll(request: Request & { triggerId: string }): Promise<Reply> {
  return openModal(request, { callbackId: ids.modal, title: 'When you meet' }, all(request));
}

async function all(request: Request): Promise<ModalContent> {
  const slots = await viewSlots(request.context, request.workspaceId, request.userId);
  if (!slots.ok) return { instead: await answerToUnknown(request) };
  if (slots.value.slots.length === 0) {
    return { instead: { text: nobody } };
  }
  return { view: cadenceModal(carriedOf(slots.value), namesOf(slots.value), slots.value.slots.length) };
}

const lightPair = { callbackId: ids.pairModal, title: 'When you meet' };

async function pair(request: Request, repId: string): Promise<ModalContent> {
  const slots = await viewSlots(request.context, request.workspaceId, request.userId, repId);
  if (!slots.ok) {
    if (slots.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
    return { instead: explain(slots.problem, request.botUserId) };
  }
  const [only] = slots.value.slots;
  if (only !== undefined) return { view: pairModal(only, slots.value) };
  return {
    instead: {
      text: 'No 1:1s are planned with this person: they are no rep in Sideline, or not active in Slack.',
    },
  };
}

async function pressedOpen(request: ActionRequest): Promise<Reply> {
  const [reply] = await Promise.all([openAll(request), rememberPress(request)]);
  return reply;
}

async function pressedPair(request: ActionRequest): Promise<Reply> {
  const [reply] = await Promise.all([
    openModal(request, lightPair, pair(request, request.value)),
    rememberPress(request),
  ]);
  return reply;
}

/** Draws the modal anew from what is chosen in it. */
async function redraw(request: ActionRequest, change: (now: Carried) => Carried): Promise<Reply> {
  const { context, client, workspaceId, userId, view } = request;
  if (view === undefined) return undefined;
  const slots = await viewSlots(context, workspaceId, userId);
  if (!slots.ok) return undefined;
  const drawn = cadenceModal(change(chosenIn(view)), namesOf(slots.value), slots.value.slots.length);
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: drawn }));
  return undefined;
}

function pickedTime(view: OpenView | undefined): string | undefined {
  const states = Object.values(view?.values ?? {}).flatMap((block) => block[ids.everyTime] ?? []);
  const [state] = states as { selected_time?: string | null }[];
  return state?.selected_time ?? undefined;
}

async function save(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const saved = await setSlots(context, workspaceId, userId, wishesOf(chosenIn(view)));
  if (!saved.ok) return { update: wordsModal('When you meet', (await answerToUnknown(request)).text) };
  return savedAnswer(userId, saved.value);
}

async function savePair(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const slots = await viewSlots(context, workspaceId, userId);
  const today = slots.ok ? slots.value.today : toLocal(context.clock.now(), 'UTC').date;
  const read = readPair(view, today);
  if (!read.ok) return { errors: read.errors };
  const saved = await setSlots(context, workspaceId, userId, [read.wish]);
  if (saved.ok && saved.value.lost.length === 0) return savedAnswer(userId, saved.value);
  return {
    errors: {
      [pairFields.weekday]:
        `Not saved: ${read.repName} does not report to you in Sideline any more. If that is wrong, an admin or ` +
        'your enablement lead can change it; then save again.',
    },
  };
}

function savedAnswer(userId: string, { changed, lost }: SlotsSaved): SubmissionAnswer {
  const homes = [userId, ...changed];
  if (lost.length === 0) return { close: true, changed: homes };
  const who = lost.map((id) => `<@${id}>`).join(', ');
  const text = `Saved, except for ${who}: they do not report to you in Sideline any more, so nothing was changed for them.`;
  return { update: wordsModal('When you meet', text), changed: homes };
}
