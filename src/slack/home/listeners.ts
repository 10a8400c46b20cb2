import type { KnownBlock } from '@slack/web-api';
import { mayBeMessaged } from '#domain/people.ts';
import { listMembers, type Member } from '#storage/members.ts';
import { currentLines } from '#storage/reporting.ts';
import type { ActionRequest, Feature, Reply } from '../feature.ts';
import { openModal } from '../modal.ts';
import { richText } from '../rich-text.ts';
import { nameOf } from '../text.ts';
import { asManager, asRep } from './look.ts';
import type { HomePart } from './part.ts';
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

const homePart: HomePart = async ({ trx, workspaceId, person, viewerId }) => {
  if (viewerId !== undefined) return {};
  const lines = await currentLines(trx, workspaceId);
  const members = await listMembers(trx, workspaceId);
  const managerId = lines.find(({ repId }) => repId === person.id)?.managerId;
  const manager = members.find(({ id }) => id === managerId);
  const isRep = ({ roles, status }: Member): boolean => roles.includes('rep') && mayBeMessaged(status);
  const reported = new Map(lines.map((line) => [line.repId, line.managerId]));
  const reports = members.filter((one) => isRep(one) && reported.get(one.id) === person.id);
  const keeps = person.roles.includes('enablement') || person.roles.includes('admin');
  return {
    own: manager === undefined ? withoutManager(person) : lookAtManager(manager),
    team: lookAtReps(reports),
    workspace: keeps ? unmanaged(members.filter((one) => isRep(one) && !reported.has(one.id))) : [],
  };
};

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
      'A people file with their managers changes that.',
    ),
  ];
}

const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
