import { certify, openCertification } from '#services/certify.ts';
import { readNote } from '#services/read-note.ts';
import { viewCertificationHistory } from '#services/view-certification-history.ts';
import { takeBackCertificate } from '#services/withdraw-certificate.ts';
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
import { openPressed, rememberPress } from '../remember-press.ts';
import { firstNameOf, inMarkup } from '../text.ts';
import { certificationHistory } from './history-view.ts';
import { certificationHome } from './home.ts';
import { explain, notSavedBecause, notTakenBack } from './replies.ts';
import { resultModal } from './result-view.ts';
import { resultRows, takenBackRows } from './rows.ts';
import { readRatings } from './submission.ts';
import { carriedIn, certifyForm, ids } from './view.ts';

/** `/coach certify`: what was seen of a rep since the training, and whether it is enough. */
export const certification: Feature = {
  name: 'certification',
  help: [
    {
      usage: '/coach certify @name',
      does: 'see what a rep has shown since a training, and certify them or see what is missing',
      for: ['manager'],
      example: '/coach certify @Sam',
      more:
        'A certificate needs, for each pillar, your rating and a call on a real account on which you saw it unasked, ' +
        'some days after the training. It ends after a while and is renewed by newer calls. ' +
        'The rep sees the result; managers above you and enablement can see it, other reps cannot.',
    },
  ],
  commands: { certify: command },
  actions: {
    [ids.open]: pressedOpen,
    [ids.programme]: choseProgramme,
    [ids.more]: pressedMore,
    [ids.history]: pressedHistory,
    [ids.takeBack]: pressedTakeBack,
    [ids.readResult]: (request) => pressedRead(request, 'certification_result'),
    [ids.readTakenBack]: (request) => pressedRead(request, 'certificate_withdrawn'),
  },
  submissions: { [ids.modal]: save },
  notes: { certification_result: resultRows, certificate_withdrawn: takenBackRows },
  home: certificationHome,
};

const whom: Choosing = {
  question: 'Whom do you want to certify?',
  command: '/coach certify',
  actionId: ids.open,
  does: 'Certify',
  nobody:
    'Nobody reports to you in Sideline, so there is nobody to certify. An admin or your enablement lead can change that.',
};

const light = { callbackId: ids.modal, title: 'Certify' };

function command(request: CommandRequest): Promise<Reply> {
  return openAbout(request, light, whom, (repId) => content(request, { repId }));
}

interface Which {
  repId: string;
  programmeId?: string | undefined;
}

async function pressedOpen(request: ActionRequest): Promise<Reply> {
  const [repId = '', programmeId] = request.value.split(' ');
  return openPressed(request, light, content(request, { repId, programmeId }));
}

async function content(request: Request, which: Which, more = false): Promise<ModalContent> {
  const { context, workspaceId, userId: managerId, botUserId } = request;
  const opened = await openCertification(context, workspaceId, { managerId, ...which });
  if (opened.ok) return { view: certifyForm(opened.value, more) };
  if (opened.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
  return { instead: explain(opened.problem, botUserId) };
}

function choseProgramme(request: ActionRequest): Promise<Reply> {
  return showAnew(request, ({ repId, more }) => ({ repId, more, programmeId: request.value }));
}

function pressedMore(request: ActionRequest): Promise<Reply> {
  return showAnew(request, (carried) => ({ ...carried, more: true }));
}

function pressedHistory(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.historyModal, title: 'Rated before', onTop: true };
  return openModal(request, light, history(request));
}

async function history({ context, workspaceId, userId, value }: ActionRequest): Promise<ModalContent> {
  const seen = await viewCertificationHistory(context, workspaceId, { viewerId: userId, repId: value });
  return seen.ok
    ? { view: certificationHistory(seen.value) }
    : { instead: { text: 'This is shown to the rep, to the managers above and to enablement.' } };
}

async function showAnew(
  request: ActionRequest,
  change: (carried: ReturnType<typeof carriedIn>) => Which & { more: boolean },
): Promise<Reply> {
  const { client, view } = request;
  if (view === undefined) return undefined;
  const { more, ...which } = change(carriedIn(view));
  const shown = await content(request, which, more);
  if ('instead' in shown) return shown.instead;
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: shown.view }));
  return undefined;
}

async function save(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId: managerId, view } = request;
  const { repId, programmeId } = carriedIn(view);
  const read = readRatings(view, programmeId);
  if (!read.ok) return { errors: read.errors };
  const asked = { viewId: view.id, managerId, repId, programmeId, ratings: read.ratings };
  const saved = await certify(context, workspaceId, asked);
  if (!saved.ok) return { errors: { [view.inputs[0] ?? '']: notSavedBecause(saved.problem) } };
  return { update: resultModal(saved.value), changed: [managerId, repId] };
}

/** Pressed inside the form or the result, which then says so. */
async function pressedTakeBack(request: ActionRequest): Promise<Reply> {
  const { context, client, workspaceId, userId: managerId, value: certificationId, view } = request;
  const taken = await takeBackCertificate(context, workspaceId, { managerId, certificationId });
  const text = taken.ok
    ? `Taken back: ${inMarkup(firstNameOf(taken.value.repName))} counts as not certified, and reads so on the next card. ` +
      'The ratings stay, and so does the history. `/coach certify` asks anew.'
    : notTakenBack(taken.problem.kind);
  if (view !== undefined) {
    await unlessGone(client.views.update({ view_id: view.id, view: wordsModal('Certificate', text) }));
  }
  return taken.ok ? { changed: [managerId, taken.value.repId] } : undefined;
}

async function pressedRead(
  request: ActionRequest,
  kind: 'certification_result' | 'certificate_withdrawn',
): Promise<Reply> {
  const { context, workspaceId, userId: readerId, value: subjectId } = request;
  await rememberPress(request);
  await readNote(context, workspaceId, { readerId, subjectId, kinds: [kind] });
  return { changed: [readerId] };
}
