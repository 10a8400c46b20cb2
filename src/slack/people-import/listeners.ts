import type { ModalView } from '@slack/web-api';
import { type Role, roles, type Segment, segments } from '#domain/people.ts';
import { applyImport, proposeImport, whoMayImport } from '#services/apply-import.ts';
import { readPeopleFile } from '#services/people-file.ts';
import type { PeopleGiven } from '#services/plan-import.ts';
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
import { type ModalContent, openModal, unlessGone } from '../modal.ts';
import { downloadText, type FileTrouble } from './download.ts';
import { grantsOf, howToGrant } from './granted.ts';
import { listGroups, membersAsRows } from './group.ts';
import { previewModal, problemsModal, resultModal, saying } from './preview.ts';
import { Carried, fileModal, groupModal, ids, title } from './view.ts';

/** `/coach import`: a people file, or a user group, shown before it is applied. */
export const peopleImport: Feature = {
  name: 'people-import',
  help: [
    {
      usage: '/coach import',
      does: 'add or change people from a file or a user group; you see what changes first',
      for: ['enablement', 'admin'],
      example: '/coach import',
      more: 'A CSV file names people, their roles and managers. What would change is shown to you alone before it is applied, all of it or nothing.',
      button: 'Import people',
    },
  ],
  commands: { import: open },
  actions: { [ids.toGroup]: chooseGroup, [ids.toFile]: chooseFile },
  submissions: { [ids.fileModal]: previewFile, [ids.groupModal]: previewGroup, [ids.previewModal]: apply },
};

const notAllowed =
  'Importing people is for enablement and admins, and you are neither at the moment. Nothing was changed.';

function open(request: CommandRequest): Promise<Reply> {
  return openModal(request, { callbackId: ids.fileModal, title }, fileForm(request));
}

async function fileForm({ context, client, workspaceId, userId }: Request): Promise<ModalContent> {
  if ((await whoMayImport(context, workspaceId, userId)) === undefined) {
    return { instead: { text: notAllowed } };
  }
  const isGranted = await grantsOf(client);
  const profiles = isGranted('users.profile:read');
  if (isGranted('files:read')) return { view: fileModal({ profiles }) };
  // A group needs no file; what is missing for one is told there.
  const hint = howToGrant('files:read', 'To take a file, Sideline');
  return isGranted('usergroups:read')
    ? { view: groupModal(await listGroups(client), { profiles }) }
    : { instead: { text: `${hint} On the command line \`import people.csv\` does the same.` } };
}

async function chooseGroup(request: ActionRequest): Promise<Reply> {
  return show(request, async () => {
    const { context, client, workspaceId, userId } = request;
    if ((await whoMayImport(context, workspaceId, userId)) === undefined) return saying(notAllowed);
    const isGranted = await grantsOf(client);
    if (!isGranted('usergroups:read')) {
      return saying(howToGrant('usergroups:read', 'A user group'));
    }
    const groups = await listGroups(client);
    return groups.length === 0
      ? saying(
          'This workspace has no user groups. Somebody makes them in Slack under “People”, or import a file.',
        )
      : groupModal(groups, { profiles: isGranted('users.profile:read') });
  });
}

async function chooseFile(request: ActionRequest): Promise<Reply> {
  return show(request, async () => {
    const content = await fileForm(request);
    return 'view' in content ? content.view : saying(content.instead.text);
  });
}

async function show({ client, view }: ActionRequest, made: () => Promise<ModalView>): Promise<Reply> {
  if (view === undefined) return undefined;
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: await made() }));
  return undefined;
}

function previewFile(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const filled = filledIn(request.view);
  const [given] = filled.files(ids.file);
  const again = filled.choices(ids.again).includes('again');
  const fillsIn = filled.choices(ids.profiles).includes('fill');
  return shownInTime(request, 'Reading the file…', async (tell) => {
    const { context, workspaceId } = request;
    const text = await downloadText(given, {
      token: await context.slack.token(workspaceId),
      apiUrl: context.slack.url,
    });
    if (!text.ok) return saying(troubles[text.problem]);
    const file = await readPeopleFile(text.value);
    return file.problems.length > 0
      ? problemsModal(file.problems, 'file')
      : proposal(request, 'file', { ...file, again, fillsIn }, tell);
  });
}

const troubles: Record<FileTrouble, string> = {
  none: 'There was no file. Add one and press Preview again; nothing was changed.',
  too_large: 'The file is larger than 5 MB. Split it, or use the command line; nothing was changed.',
  not_readable: `Slack did not hand out the file; nothing was changed. ${howToGrant('files:read', 'Reading it')}`,
  spreadsheet: 'This is a spreadsheet. Save it as “CSV UTF-8” and import that; nothing was changed.',
  not_utf8: 'The file is not in UTF-8. Save it as “CSV UTF-8” and import it again; nothing was changed.',
};

function previewGroup(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const filled = filledIn(request.view);
  const groupId = filled.choice(ids.group);
  const role = roles.find((one: Role) => one === filled.choice(ids.role));
  if (groupId === undefined || role === undefined) {
    return Promise.resolve({ errors: { [ids.group]: 'Choose a user group and what its members are.' } });
  }
  const segment = segments.find((one: Segment) => one === filled.choice(ids.segment));
  const fillsIn = filled.choices(ids.profiles).includes('fill');
  const wave = Number(filled.choice(ids.wave) ?? Number.NaN);
  const chosen = {
    groupId,
    role,
    managerId: filled.person(ids.manager),
    segment,
    wave: Number.isNaN(wave) ? undefined : wave,
  };
  return shownInTime(request, 'Reading the group…', async (tell) => {
    const group = { ...(await membersAsRows(request.client, chosen)), fillsIn };
    return group.rows.length === 0
      ? saying('Nobody is in that user group. Nothing was changed.')
      : proposal(request, 'group', group, tell);
  });
}

const progressWords = {
  people: (read: number) =>
    `Looking people up in Slack: ${read} read so far. Slack allows a few thousand a minute.`,
  profiles: (read: number) => `Reading Slack profiles: ${read} so far. Slack allows a hundred a minute.`,
};

async function proposal(
  { context, client, workspaceId, userId }: SubmissionRequest,
  source: 'file' | 'group',
  given: PeopleGiven,
  tell: (text: string) => void,
): Promise<ModalView> {
  const proposed = await proposeImport(
    { ...context, client },
    workspaceId,
    { userId, source },
    given,
    (read, what) => tell(progressWords[what](read)),
  );
  const viewer = await whoMayImport(context, workspaceId, userId);
  if (proposed.ok && viewer !== undefined) return previewModal(proposed.value, viewer);
  if (proposed.ok || proposed.problem.kind === 'not_allowed') return saying(notAllowed);
  return problemsModal(proposed.problem.problems, source);
}

function apply(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = Carried.parse(JSON.parse(view.privateMetadata));
  return shownInTime(request, 'Applying…', async () => {
    const applied = await applyImport(context, workspaceId, { userId, ...carried });
    if (applied.ok) return resultModal(applied.value);
    switch (applied.problem.kind) {
      case 'not_allowed':
        return saying(notAllowed);
      case 'gone':
        return saying('This preview is more than a day old and was not applied. Import the file again.');
      case 'refused':
        return problemsModal(applied.problem.problems, 'file');
      case 'changed_meanwhile': {
        const viewer = await whoMayImport(context, workspaceId, userId);
        const notice = 'Not applied: something has changed since you saw it. This is what it would do now.';
        return previewModal(applied.problem.now, { showsTier: viewer?.showsTier ?? false, notice });
      }
    }
  });
}

/** Slack waits three seconds for an answer: what takes longer is shown in the same modal once it is there. */
const patience = 1_500;

async function shownInTime(
  { context, client, view }: SubmissionRequest,
  meanwhile: string,
  work: (tell: (text: string) => void) => Promise<ModalView>,
): Promise<SubmissionAnswer> {
  let isLate = false;
  const replace = (shown: ModalView) => unlessGone(client.views.update({ view_id: view.id, view: shown }));
  const failed = (error: unknown): void => {
    context.log.error({ err: error }, 'an import of people went wrong');
  };
  const made = work((text) => {
    if (isLate) replace(saying(text)).catch(failed);
  });
  const late = new Promise<'late'>((resolve) => {
    setTimeout(() => resolve('late'), patience).unref();
  });
  const first = await Promise.race([made, late]);
  if (first !== 'late') return { update: first };
  isLate = true;
  made
    .catch((error: unknown) => {
      failed(error);
      return saying('That did not work just now; nothing was changed. Close this and try again in a minute.');
    })
    .then(replace)
    .catch(failed);
  return { update: saying(meanwhile) };
}
