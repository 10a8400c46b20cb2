import { chooseDigest, type DigestProblem } from '#services/choose-digest.ts';
import { type NotYourDigest, previewDigest, viewDigest } from '#services/view-digest.ts';
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
import { type ModalContent, openModal } from '../modal.ts';
import { digestHome } from './home.ts';
import { digestTroubleRows } from './rows.ts';
import { sendTest } from './send-test.ts';
import { digestModal, fields, ids, previewModal, savedModal, titles } from './view.ts';

/** `/coach digest`: where and when the week's figures are posted. */
export const digest: Feature = {
  name: 'weekly digest',
  help: [
    {
      usage: '/coach digest',
      does: "choose the channel, day and time of the week's figures; look at them before",
      for: ['enablement'],
      example: '/coach digest',
      more: 'The post names nobody and shows no rate of fewer than five. Everybody in the channel sees it; a test goes to you alone.',
      button: 'Digest',
    },
  ],
  commands: { digest: open },
  actions: { [ids.open]: open, [ids.preview]: pressedPreview, [ids.test]: pressedTest },
  submissions: { [ids.modal]: save },
  notes: { digest_trouble: digestTroubleRows },
  home: digestHome,
};

function open(request: CommandRequest | ActionRequest): Promise<Reply> {
  return openModal(request, { callbackId: ids.modal, title: titles.modal }, form(request));
}

async function form(request: Request): Promise<ModalContent> {
  const found = await viewDigest(request.context, request.workspaceId, request.userId);
  return found.ok ? { view: digestModal(found.value) } : { instead: await refusal(request, found.problem) };
}

function pressedPreview(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.preview, title: titles.preview, onTop: isInModal(request) };
  return openModal(request, light, preview(request));
}

async function preview(request: Request): Promise<ModalContent> {
  const found = await previewDigest(request.context, request.workspaceId, request.userId);
  return found.ok ? { view: previewModal(found.value) } : { instead: await refusal(request, found.problem) };
}

function pressedTest(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.test, title: titles.test, onTop: isInModal(request) };
  return openModal(request, light, test(request));
}

async function test(request: Request): Promise<ModalContent> {
  const found = await previewDigest(request.context, request.workspaceId, request.userId);
  if (!found.ok) return { instead: await refusal(request, found.problem) };
  return { instead: { text: await sendTest(request, found.value) } };
}

const isInModal = ({ view }: ActionRequest): boolean => view?.callbackId === ids.modal;

const channelId = /^[CG][A-Z0-9]+$/;

async function save(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const filled = filledIn(view);
  const channel = filled.channel(fields.channel);
  const time = filled.time(fields.time);
  const weekday = Number(filled.choice(fields.weekday));
  const errors: Record<string, string> = {};
  if (channel !== undefined && !channelId.test(channel)) {
    errors[fields.channel] =
      'This is not a channel. Choose one, or leave it empty so that nothing is posted.';
  }
  if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7) errors[fields.weekday] = 'Choose a day.';
  if (time === undefined) errors[fields.time] = 'Choose a time, such as 09:00.';
  if (time === undefined || Object.keys(errors).length > 0) return { errors };
  const saved = await chooseDigest(context, workspaceId, { userId, viewId: view.id, channel, weekday, time });
  if (!saved.ok) return { errors: { [fields.channel]: notSaved(saved.problem) } };
  return { update: savedModal(saved.value), changed: [userId] };
}

function notSaved({ kind }: DigestProblem): string {
  return kind === 'do_not_fit'
    ? 'Not saved: this day and time do not go with the settings. Open it anew to see what holds.'
    : 'Not saved: the digest is chosen by enablement, and you are not among them at the moment.';
}

async function refusal(request: Request, problem: NotYourDigest): Promise<{ text: string }> {
  if (problem.kind === 'you_are_unknown') return answerToUnknown(request);
  const whom = askOneOf(problem.keepers, 'Nobody here is that yet');
  return { text: `The weekly digest is chosen by enablement. ${whom}; nothing was changed.` };
}
