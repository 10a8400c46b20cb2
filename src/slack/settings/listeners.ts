import { defaultSettings, type Settings } from '#domain/settings.ts';
import { changeSettings, type SettingsProblem } from '#services/change-settings.ts';
import { viewSetUp } from '#services/view-set-up.ts';
import { type NotYourSettings, viewSettings, viewSettingsHistory } from '#services/view-settings.ts';
import { askOneOf } from '../ask-one-of.ts';
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
import { type ModalContent, openModal, unlessGone } from '../modal.ts';
import { defaultsId, defaultsModal, setUpOn } from '../set-up/defaults.ts';
import { type Carried, carriedFor, carriedIn } from './carried.ts';
import { groupOf } from './groups.ts';
import { settingsHistory } from './history.ts';
import { readSettingsForm } from './submission.ts';
import { ids, settingsForm, settingsList } from './view.ts';

/** `/coach settings`: what holds in the workspace, changed group by group, with its history. */
export const settings: Feature = {
  name: 'settings',
  help: [
    {
      usage: '/coach settings',
      does: 'when duties fall due, how many messages go out, and who changed that',
      for: ['enablement', 'admin'],
      example: '/coach settings',
      more: 'A change holds from the next planning on. Enablement and admins see it, with the name of who made it.',
      button: 'Settings',
    },
  ],
  commands: { settings: show },
  actions: {
    [ids.edit]: pressedEdit,
    [ids.defaults]: pressedDefaults,
    [ids.history]: pressedHistory,
    [ids.earlier]: pressedEarlier,
  },
  submissions: { [ids.form]: save },
};

function show(request: CommandRequest): Promise<Reply> {
  return openModal(request, { callbackId: ids.list, title: 'Settings' }, list(request));
}

async function list(request: Request): Promise<ModalContent> {
  const found = await viewSettings(request.context, request.workspaceId, request.userId);
  if (!found.ok) return { instead: await refusal(request, found.problem) };
  return { view: settingsList(found.value, await sinceInWords(request)) };
}

async function pressedEdit(request: ActionRequest): Promise<Reply> {
  const group = groupOf(request.value);
  if (group === undefined || request.view === undefined) return undefined;
  const light = { callbackId: ids.form, title: group.title, onTop: true };
  return openModal(request, light, form(request, group, request.view));
}

async function form(
  request: Request,
  group: NonNullable<ReturnType<typeof groupOf>>,
  list: OpenView,
): Promise<ModalContent> {
  const found = await viewSettings(request.context, request.workspaceId, request.userId);
  if (!found.ok) return { instead: await refusal(request, found.problem) };
  const carried = carriedFor(group, list.id, found.value, list.callbackId === defaultsId);
  return { view: settingsForm(carried, found.value) };
}

async function pressedDefaults({ client, view }: ActionRequest): Promise<Reply> {
  if (view === undefined) return undefined;
  const carried = carriedIn(view);
  const filled = settingsForm({ ...carried, round: carried.round + 1 }, defaultSettings);
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: filled }));
  return undefined;
}

async function pressedHistory(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.history, title: 'History of settings', onTop: true };
  return openModal(request, light, history(request));
}

async function pressedEarlier(request: ActionRequest): Promise<Reply> {
  const { client, view, value } = request;
  if (view === undefined) return undefined;
  const content = await history(request, value);
  if ('view' in content) {
    await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: content.view }));
  }
  return undefined;
}

async function history(request: Request, before?: string): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const found = await viewSettingsHistory(context, workspaceId, userId, before);
  return found.ok
    ? { view: settingsHistory(found.value) }
    : { instead: await refusal(request, found.problem) };
}

async function save(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = carriedIn(view);
  const read = readSettingsForm(view, carried);
  if (!read.ok) return { errors: read.errors };
  const { wanted } = read;
  const saved = await changeSettings(context, workspaceId, { userId, viewId: view.id, wanted });
  if (!saved.ok) return { errors: { [view.inputs[0] ?? '']: notSaved(saved.problem) } };
  // Saved is saved: the form closes without waiting until the list below it shows that.
  showSaved(request, carried, saved.value).catch((error: unknown) =>
    context.log.warn({ err: error }, 'the list of settings was not brought up to date'),
  );
  return carried.settingUp ? { close: true, changed: [userId] } : { close: true };
}

async function showSaved(request: Request, { listId, settingUp }: Carried, saved: Settings): Promise<void> {
  const view = settingUp ? defaultsModal(saved) : settingsList(saved, await sinceInWords(request));
  await unlessGone(request.client.views.update({ view_id: listId, view }));
}

/** Since when it runs here, for whoever may see what holds. */
async function sinceInWords({ context, workspaceId, userId }: Request): Promise<string | undefined> {
  const found = await viewSetUp(context, workspaceId, userId);
  if (!found.ok || found.value.startedAt === null) return undefined;
  return setUpOn(found.value.startedAt);
}

/** At a field nothing is read as a mention, so nobody is named there. */
function notSaved(problem: SettingsProblem): string {
  return problem.kind === 'do_not_fit'
    ? 'Not saved: this does not go with what somebody else has just set. Open it anew to see what holds.'
    : 'Not saved: settings are changed by enablement and admins, and you are neither at the moment.';
}

async function refusal(request: Request, problem: NotYourSettings): Promise<{ text: string }> {
  if (problem.kind === 'you_are_unknown') return answerToUnknown(request);
  const whom = askOneOf(problem.keepers, 'Nobody here is either yet');
  return { text: `Settings are changed by enablement and admins. ${whom}; nothing was changed.` };
}
