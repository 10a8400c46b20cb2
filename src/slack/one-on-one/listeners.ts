import type { Result } from '#domain/result.ts';
import { findReports, type Report } from '#services/find-reports.ts';
import { keepPressed } from '#services/keep-pressed.ts';
import { logOneOnOne } from '#services/log-one-on-one.ts';
import { type NotYourOneOnOne, type OneOnOneToLog, openOneOnOne } from '#services/open-one-on-one.ts';
import type { ActionRequest, CommandRequest, Feature, Reply, Request, SubmissionAnswer, SubmissionRequest } from '../feature.ts';
import { openModal } from '../modal.ts';
import { mentionedUser } from '../text.ts';
import { oneOnOneHome } from './home.ts';
import { askWhose, explain } from './replies.ts';
import { fingerprint, readOneOnOne } from './submission.ts';
import { Carried, carriedOf, fields, ids, oneOnOneModal } from './view.ts';

/** `/coach log @rep`, the button of the prompt, and the modal both open. */
export const oneOnOne: Feature = {
  name: 'weekly 1:1',
  help: [
    { usage: '/coach log @name', does: 'write down a 1:1: one thing to try, and how last time went', for: ['manager'] },
  ],
  commands: { log },
  actions: { [ids.log]: pressedLog, [ids.more]: pressedMore },
  submissions: { [ids.modal]: save },
  home: oneOnOneHome,
};

async function log(request: CommandRequest): Promise<Reply> {
  const mentioned = mentionedUser(request.rest);
  if (mentioned !== undefined) return open(request, mentioned);
  const reports = await findReports(request.context, request.workspaceId, request.userId);
  const named = request.rest.replace(/^@/, '').trim().toLowerCase();
  if (named === '') return askWhose(reports);
  const matching = reports.filter(({ name }) => name.toLowerCase().includes(named));
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return open(request, only.id);
  return askWhose(matching.length > 0 ? matching : reports, request.rest);
}

async function open(request: Request & { triggerId: string }, repId: string): Promise<Reply> {
  const { context, client, workspaceId, userId, triggerId } = request;
  const opened: Result<OneOnOneToLog, NotYourOneOnOne> = await openModal(
    client,
    triggerId,
    { callbackId: ids.modal, title: '1:1' },
    openOneOnOne(context, workspaceId, userId, repId),
    (loaded) => (loaded.ok ? oneOnOneModal(carriedOf(loaded.value)) : undefined),
  );
  return opened.ok ? undefined : explain(opened.problem);
}

async function pressedLog(request: ActionRequest): Promise<Reply> {
  const { context, workspaceId, message, responseUrl } = request;
  // Kept on the way, not waited for: the trigger that opens the modal is short-lived.
  const [reply] = await Promise.all([
    open(request, request.value),
    message !== undefined && responseUrl !== undefined
      ? keepPressed(context, workspaceId, message, responseUrl)
      : undefined,
  ]);
  return reply;
}

async function pressedMore({ client, view }: ActionRequest): Promise<Reply> {
  if (view === undefined) return undefined;
  const carried = Carried.parse(JSON.parse(view.privateMetadata));
  await client.views.update({
    view_id: view.id,
    hash: view.hash,
    view: oneOnOneModal({ ...carried, more: true }),
  });
  return undefined;
}

async function save({ context, workspaceId, userId, view }: SubmissionRequest): Promise<SubmissionAnswer> {
  const carried = Carried.parse(JSON.parse(view.privateMetadata));
  const read = readOneOnOne(view, carried, userId);
  if (!read.ok) return { errors: read.errors };
  const logged = await logOneOnOne(context, workspaceId, read.answers);
  if (logged.ok) return { close: true, changed: [userId, carried.repId] };
  if (logged.problem.kind === 'vague') {
    return { update: oneOnOneModal({ ...carried, doubted: fingerprint(read.answers.takeaway ?? '') }) };
  }
  return { errors: { [fields.takeaway]: `Not saved. ${explain(logged.problem).text}` } };
}

export type { Report };
