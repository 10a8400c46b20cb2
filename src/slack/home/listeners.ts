import type { KnownBlock } from '@slack/web-api';
import { mayBeMessaged } from '#domain/people.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, listMembers, type Member } from '#storage/members.ts';
import { currentLines, currentManagerOf, repsOf } from '#storage/reporting.ts';
import { section } from '../blocks.ts';
import type { ActionRequest, Feature, Reply } from '../feature.ts';
import { openModal } from '../modal.ts';
import { richText } from '../rich-text.ts';
import { nameOf } from '../text.ts';
import { asManager, asRep } from './look.ts';
import { type HomePart, seenOfAll } from './part.ts';
import { unansweredBlocks } from './unanswered.ts';
import { ids, lookAtManager, lookAtReps } from './view.ts';

/** What is nobody's feature on Home: to look through another's eyes, and who has no manager. */
export function homeFeature(features: readonly Feature[]): Feature {
  const light = { callbackId: ids.look, title: 'One moment' };
  return {
    name: 'home',
    help: [],
    actions: {
      [ids.asRep]: (request: ActionRequest): Promise<Reply> =>
        openModal(request, light, asRep(request, request.value, features)),
      [ids.asManager]: (request: ActionRequest): Promise<Reply> =>
        openModal(request, light, asManager(request, features)),
    },
    home: homePart,
  };
}

const homePart: HomePart = async (request) => {
  const { trx, workspaceId, person, viewerId } = request;
  if (viewerId !== undefined) return {};
  const managerId = await currentManagerOf(trx, workspaceId, person.id);
  const manager = managerId === undefined ? undefined : await findMember(trx, workspaceId, managerId);
  const keeps = seenOfAll(request, 'people') === 'full';
  return {
    own: manager === undefined ? withoutManager(person) : lookAtManager(manager),
    team: lookAtReps(await repsOf(trx, workspaceId, person.id)),
    workspace: [
      ...(keeps ? unmanaged(await repsWithoutManager(trx, workspaceId)) : []),
      ...(await unansweredBlocks(request)),
    ],
  };
};

async function repsWithoutManager(trx: Trx, workspaceId: string): Promise<Member[]> {
  const managed = new Set((await currentLines(trx, workspaceId)).map(({ repId }) => repId));
  const members = await listMembers(trx, workspaceId);
  return members.filter(
    ({ id, roles, status }) => roles.includes('rep') && mayBeMessaged(status) && !managed.has(id),
  );
}

function withoutManager({ roles }: Member): KnownBlock[] {
  if (!roles.includes('rep')) return [];
  return [
    section(
      'Nobody is your manager in Sideline yet, so no 1:1 is planned for you. An admin or your enablement lead can add one.',
    ),
  ];
}

const namesShown = 20;

/** Nobody is asked for them, so somebody has to know. */
function unmanaged(reps: readonly Member[]): KnownBlock[] {
  if (reps.length === 0) return [];
  const names = reps.slice(0, namesShown).map(({ name }) => nameOf(name));
  const rest = reps.length > namesShown ? ` and ${reps.length - namesShown} more` : '';
  return [
    richText(
      { bold: 'Without a manager: ' },
      `${names.join(', ')}${rest}.\nNobody coaches them here, and nothing counts against anybody. `,
      '/coach people shows them and gives them one.',
    ),
  ];
}
