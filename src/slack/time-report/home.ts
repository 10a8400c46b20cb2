import type { KnownBlock } from '@slack/web-api';
import { access } from '#domain/access.ts';
import { fewestForARate } from '#domain/adherence.ts';
import { averageOfManagers, fewestWeeksForAnAverage, mixOf, referenceOf } from '#domain/manager-time.ts';
import { weeksToTell } from '#domain/reported-week.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { averageForOthers, overviewOf, weeksForATrend } from '#domain/time-comparison.ts';
import { accessTo } from '#services/may.ts';
import { listMembers } from '#storage/members.ts';
import { relationsToAll } from '#storage/relations.ts';
import { currentLines } from '#storage/reporting.ts';
import { type KeptTimeReport, lastTimeReports, timeReportsBetween } from '#storage/time-reports.ts';
import { header, note } from '../blocks.ts';
import type { HomePart, HomeRequest } from '../home/part.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { nameOf } from '../text.ts';
import { ids } from './view.ts';
import { aboutReference, flagInWords, mixInWords, weekInWords, whoSeesTime } from './words.ts';

/** Manager time on Home: one's own, that of the managers who report to one, or that of all together. */
export const timeReportHome: HomePart = async (request) => {
  const { trx, workspaceId, person, viewerId = person.id } = request;
  const lines = await currentLines(trx, workspaceId);
  const managers = new Set(lines.map(({ managerId }) => managerId));
  const seen = await accessTo(trx, { workspaceId, viewerId, subjectId: person.id }, 'time_report');
  const below = lines
    .filter(({ managerId, repId }) => managerId === person.id && managers.has(repId))
    .map(({ repId }) => repId);
  return {
    own: managers.has(person.id) ? await ownPart(request, seen) : [],
    team: await managersPart(request, viewerId, below),
    workspace: await workspacePart(request, viewerId, [...managers]),
  };
};

type Seen = Awaited<ReturnType<typeof accessTo>>;

async function ownPart(request: HomeRequest, seen: Seen): Promise<KnownBlock[]> {
  const { trx, workspaceId, person, now, settings, viewerId } = request;
  if (seen === 'averages') {
    const { reports, week } = await lately(request, [person.id]);
    const { n, mix } = averageForOthers(reports, week);
    return [header('Time'), richText(averageLine(n, mix))];
  }
  if (seen !== 'own' && seen !== 'full') return [];
  const reports = await lastTimeReports(trx, workspaceId, person.id, weeksForATrend);
  const last = reports.at(-1);
  const reference = referenceOf(settings);
  const { latest, flags } = overviewOf(reports, reference);
  const recent = weeksToTell(toLocal(now, person.timeZone).date);
  const isRecent = last !== undefined && recent.includes(last.week);
  const lines: Part[] =
    last === undefined
      ? ['No week is reported yet. Five guesses show how yours compares.']
      : [{ bold: `T${weekInWords(last.week).slice(1)}: ` }, `${mixInWords(mixOf(last))}.`];
  const asked =
    isRecent && latest !== undefined ? flags.map((flag) => `\n${flagInWords(flag, latest.n)}`) : [];
  return [
    header('Your time'),
    richText(...lines, ...asked),
    ...(viewerId === undefined ? [button()] : []),
    note(`${aboutReference(reference)} ${whoSeesTime}`),
  ];
}

const button = (): KnownBlock => ({
  type: 'actions',
  block_id: 'time_report',
  elements: [{ type: 'button', action_id: `${ids.report}:home`, text: plain('Report time') }],
});

const managersShown = 12;

async function managersPart(
  request: HomeRequest,
  viewerId: string,
  managerIds: readonly string[],
): Promise<KnownBlock[]> {
  const { trx, workspaceId } = request;
  const relations = await relationsToAll(trx, workspaceId, viewerId, managerIds);
  const open = managerIds.filter((id) => access(relations.get(id) ?? [], 'time_report') === 'averages');
  if (open.length === 0) return [];
  const { reports, week } = await lately(request, open);
  const byManager = Map.groupBy(reports, ({ managerId }) => managerId);
  const members = (await listMembers(trx, workspaceId)).filter(({ id }) => open.includes(id));
  const lines = members.slice(0, managersShown).flatMap(({ id, name }, index): Part[] => {
    const { n, mix } = averageForOthers(byManager.get(id) ?? [], week);
    return [index === 0 ? '' : '\n', { bold: nameOf(name, 60) }, `: ${averageLine(n, mix)}`];
  });
  const hidden = members.length - managersShown;
  return [
    header("Your managers' time"),
    richText(...lines, hidden > 0 ? `\nand ${hidden} more` : ''),
    note('Four-week averages; a single report is for its writer alone.'),
  ];
}

async function workspacePart(
  request: HomeRequest,
  viewerId: string,
  managerIds: readonly string[],
): Promise<KnownBlock[]> {
  const { trx, workspaceId, person } = request;
  if (managerIds.length === 0) return [];
  // Through somebody else's eyes only what both may see.
  for (const id of new Set([person.id, viewerId])) {
    if ((await accessTo(trx, { workspaceId, viewerId: id }, 'time_report')) !== 'aggregates') return [];
  }
  const { reports, week } = await lately(request);
  const byManager = Map.groupBy(reports, ({ managerId }) => managerId);
  const { n, mix } = averageOfManagers([...byManager.values()].map((own) => averageForOthers(own, week).mix));
  const line =
    mix === undefined
      ? `Managers with ${fewestWeeksForAnAverage} reports in the last four weeks: ${n}. An average is shown from ${fewestForARate} on.`
      : `Average of ${n} managers over four weeks: ${mixInWords(mix)}.`;
  const reference = referenceOf(request.settings);
  const beside = `Reference mix: ${mixInWords(reference)}. ${aboutReference(reference)}`;
  return [header("Managers' time"), richText(line), note(beside)];
}

/** Four weeks up to the last for which anything was reported: this one, or the one before. */
async function lately(
  { trx, workspaceId, person, now }: HomeRequest,
  managerIds?: readonly string[],
): Promise<{ reports: KeptTimeReport[]; week: string }> {
  const [to = ''] = weeksToTell(toLocal(now, person.timeZone).date);
  const from = addDays(to, -28);
  const reports = await timeReportsBetween(trx, workspaceId, {
    from,
    to,
    ...(managerIds === undefined ? {} : { managerIds }),
  });
  return { reports, week: reports.some((one) => one.week === to) ? to : addDays(to, -7) };
}

function averageLine(n: number, mix: Parameters<typeof mixInWords>[0]): string {
  if (n < fewestWeeksForAnAverage) return 'too few reports for an average over four weeks.';
  return `${mixInWords(mix)}, over ${n} of the last four weeks.`;
}
