import type { KnownBlock } from '@slack/web-api';
import { access } from '#domain/access.ts';
import { type PracticeOverview, practiceOverviews } from '#services/view-practice.ts';
import { standInsNow } from '#storage/absences.ts';
import { relationsToAll } from '#storage/relations.ts';
import { repsOf } from '#storage/reporting.ts';
import { header } from '../blocks.ts';
import { dayInWords } from '../dates.ts';
import type { HomePart, HomeRequest } from '../home/part.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { fitted, inOneLine, nameOf } from '../text.ts';
import { stateOf } from './list-view.ts';
import { ids } from './view.ts';

/** What one practises oneself, and in short what one's reps do. */
export const practiceHome: HomePart = async (request) => {
  const { trx, workspaceId, person, now } = request;
  const reports = await repsOf(trx, workspaceId, person.id);
  const shown = await seenByViewer(request, [person, ...reports]);
  const people = [person, ...reports].filter(({ id }) => shown.has(id));
  const overviews = await practiceOverviews(trx, workspaceId, people, now);
  const own = overviews.find(({ repId }) => repId === person.id);
  const team = overviews.filter(({ repId }) => repId !== person.id);
  return {
    own: own === undefined ? [] : ownPart(own),
    team: teamPart(team),
  };
};

async function seenByViewer(
  { trx, workspaceId, viewerId, now }: HomeRequest,
  people: readonly { id: string }[],
): Promise<Set<string>> {
  const all = people.map(({ id }) => id);
  if (viewerId === undefined) return new Set(all);
  const standIns = await standInsNow(trx, workspaceId, new Date(now));
  const relations = await relationsToAll(trx, workspaceId, viewerId, all, standIns);
  return new Set(all.filter((id) => access(relations.get(id) ?? [], 'rep_record') !== 'none'));
}

const ownShown = 5;

export function ownPart({ repId, standings }: PracticeOverview): KnownBlock[] {
  if (standings.length === 0) return [];
  const current = standings.filter(({ state }) => state === 'current');
  const mastered = standings.filter(({ state }) => state === 'mastered' || state === 'retired');
  const lines = current.slice(0, ownShown).map((one) => `\n${titleOf(one)}. ${stateOf(one)}`);
  const rest = current.length > ownShown ? [`\nand ${current.length - ownShown} more`] : [];
  const done = mastered.length === 0 ? [] : [`\nMastered: ${masteredTitles(mastered.map(titleOf))}`];
  const parts: Part[] = [{ bold: `You practise ${things(current.length)}` }, ...lines, ...rest, ...done];
  return [header('Practice'), richText(...parts), showButton(repId)];
}

const titleOf = ({ assignment }: PracticeOverview['standings'][number]): string =>
  fitted(inOneLine(assignment.title), 75);

const things = (count: number): string =>
  count === 0 ? 'nothing at the moment' : `${count} ${count === 1 ? 'thing' : 'things'}`;

const masteredTitles = (titles: string[]): string =>
  titles.length <= 3
    ? `${titles.join('; ')}.`
    : `${titles.slice(-3).join('; ')}, and ${titles.length - 3} more.`;

const showButton = (repId: string): KnownBlock => ({
  type: 'actions',
  elements: [{ type: 'button', action_id: ids.show, text: plain('All of it'), value: repId }],
});

const teamShown = 12;
const mostOptions = 100;

export function teamPart(team: readonly PracticeOverview[]): KnownBlock[] {
  if (team.length === 0) return [];
  const unverified = team.reduce((sum, one) => sum + one.unverified.length, 0);
  const practising = team.filter(({ standings }) => standings.length > 0);
  const head =
    unverified === 0
      ? 'Every look back has its answer.'
      : `${unverified} ${unverified === 1 ? 'look back waits' : 'look backs wait'} for what you saw.`;
  const lines = practising.slice(0, teamShown).map((one) => `\n${repLine(one)}`);
  const rest = practising.length > teamShown ? [`\nand ${practising.length - teamShown} more`] : [];
  const none = practising.length === 0 ? ['Nobody has anything to practise yet.'] : [{ bold: head }];
  return [header('What your reps practise'), richText(...none, ...lines, ...rest), chooseRep(team)];
}

function repLine({ repName, standings }: PracticeOverview): string {
  const current = standings.filter(({ state }) => state === 'current');
  const mastered = standings.filter(({ state }) => state === 'mastered').length;
  const next = current.map((one) => one.next).find((one) => one !== undefined);
  const when =
    next === undefined
      ? ''
      : next.asked
        ? `, asked since ${dayInWords(next.on)}`
        : `, next ${dayInWords(next.on)}`;
  const count = current.length === 0 ? 'nothing now' : `${current.length} now`;
  return `${nameOf(repName, 60)}: ${count}${when}${mastered > 0 ? `, ${mastered} mastered` : ''}`;
}

function chooseRep(team: readonly PracticeOverview[]): KnownBlock {
  return {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: ids.show,
        placeholder: plain('See or add practice of'),
        options: team
          .slice(0, mostOptions)
          .map(({ repId, repName }) => ({ text: plain(nameOf(repName, 75)), value: repId })),
      },
    ],
  };
}
