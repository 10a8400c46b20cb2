import { mayDo } from '#domain/action.ts';
import { relationsByRole } from '#domain/relation.ts';
import { becomeKeeper } from '#services/become-keeper.ts';
import { findAsker } from '#services/find-asker.ts';
import { findKeepers } from '#services/people-keepers.ts';
import { setUpIn, takeSetUpStep, viewSetUp } from '#services/view-set-up.ts';
import { viewSettings } from '#services/view-settings.ts';
import { hasOtherKeeper } from '#storage/reporting-chain.ts';
import type { StepTaken } from '#storage/set-up.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import { askOneOf } from '../ask-one-of.ts';
import type {
  ActionRequest,
  Feature,
  Reply,
  Request,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type HomePart, mayForAll } from '../home/part.ts';
import { type ModalContent, openModal, wordsModal } from '../modal.ts';
import { beginning } from '../start/listeners.ts';
import { ids as startIds } from '../start/view.ts';
import { defaultsId, defaultsModal } from './defaults.ts';
import { offerBlocks } from './offer.ts';
import { beginBlocks, ids, setUpBlocks } from './view.ts';

const setUpHome: HomePart = async (request) => {
  const { trx, workspaceId, person, viewerId } = request;
  if (viewerId !== undefined) return {};
  if (!mayForAll(request, 'change_settings')) {
    // Slack is not asked here whose workspace it is; who installed it is known.
    const workspace = await findWorkspace(trx, workspaceId);
    const isTheirs = workspace?.installedBy === person.id && !(await hasOtherKeeper(trx, workspaceId, []));
    return isTheirs ? { first: beginBlocks() } : {};
  }
  const shown = await setUpIn(trx, workspaceId);
  return shown.finished
    ? {}
    : { first: setUpBlocks(shown, { choosesDigest: mayForAll(request, 'choose_digest') }) };
};

/** The way from an installed app to one that runs: on Home of whoever may, until it is gone. */
export const setUp: Feature = {
  name: 'set-up',
  help: [
    {
      usage: '/coach setup',
      does: 'from an empty workspace to the first week, in five steps',
      for: ['enablement', 'admin'],
      example: '/coach setup',
      more: 'It stands on Home until it is done, and each step can wait. Enablement and admins see it. Where nobody is either yet, an admin of the Slack workspace can begin.',
    },
  ],
  commands: { setup: show },
  actions: {
    [ids.begin]: begin,
    [ids.defaults]: pressedDefaults,
    [ids.noDigest]: (request) => took(request, 'digest'),
    [ids.preview]: pressedPreview,
    [ids.close]: (request) => took(request, 'closed'),
  },
  submissions: { [defaultsId]: keepDefaults },
  home: setUpHome,
};

async function show(request: Request): Promise<Reply> {
  const { context, workspaceId, userId } = request;
  const found = await viewSetUp(context, workspaceId, userId);
  if (found.ok) {
    const { roles = [] } = await findAsker(context, workspaceId, userId);
    const choosesDigest = mayDo(relationsByRole(roles), 'choose_digest');
    return { text: 'Set up Sideline', blocks: setUpBlocks(found.value, { choosesDigest }) };
  }
  const offer = await offerBlocks(request);
  return offer === undefined ? refusal(request) : { text: 'Set up Sideline', blocks: offer };
}

async function begin(request: ActionRequest): Promise<Reply> {
  const { context, client, workspaceId, userId } = request;
  const became = await becomeKeeper({ ...context, client }, workspaceId, userId);
  // Pressed twice, the first press has done it.
  const isTheirs = became.ok || (await viewSetUp(context, workspaceId, userId)).ok;
  if (!isTheirs) return refusal(request);
  return request.view === undefined ? show(request) : { changed: [userId] };
}

async function refusal(request: Request): Promise<{ text: string; changed: string[] }> {
  const { context, workspaceId, userId } = request;
  const keepers = await findKeepers(context, workspaceId);
  const { roles } = await findAsker(context, workspaceId, userId);
  if (roles === undefined && keepers.length > 0)
    return { ...(await answerToUnknown(request)), changed: [userId] };
  const text =
    keepers.length > 0
      ? `Sideline is set up by enablement and admins. ${askOneOf(keepers, '')}; nothing was changed.`
      : 'Nobody has set Sideline up here yet. An admin or owner of the Slack workspace, or whoever installed it, can: `/coach setup`.';
  return { text, changed: [userId] };
}

/** Everybody who sees the steps sees them as they are now. */
async function changed({ context, workspaceId, userId }: Request): Promise<string[]> {
  return [...new Set([userId, ...(await findKeepers(context, workspaceId))])];
}

async function took(request: Request, step: StepTaken): Promise<Reply> {
  const taken = await takeSetUpStep(request.context, request.workspaceId, request.userId, step);
  return taken.ok ? { changed: await changed(request) } : refusal(request);
}

function pressedDefaults(request: ActionRequest): Promise<Reply> {
  return openModal(request, { callbackId: defaultsId, title: 'Defaults' }, defaults(request));
}

async function defaults(request: Request): Promise<ModalContent> {
  const found = await viewSettings(request.context, request.workspaceId, request.userId);
  return found.ok ? { view: defaultsModal(found.value) } : { instead: await refusal(request) };
}

async function keepDefaults(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const taken = await takeSetUpStep(request.context, request.workspaceId, request.userId, 'defaults');
  if (taken.ok) return { close: true, changed: await changed(request) };
  return { update: wordsModal('Defaults', (await refusal(request)).text) };
}

async function pressedPreview(request: ActionRequest): Promise<Reply> {
  const content = async (): Promise<ModalContent> => {
    await takeSetUpStep(request.context, request.workspaceId, request.userId, 'preview');
    return beginning(request);
  };
  const reply = await openModal(request, { callbackId: startIds.modal, title: 'Start' }, content());
  return reply ?? { changed: await changed(request) };
}
