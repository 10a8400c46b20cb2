import { setImmediate as turnIsOver } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { mayBeMessaged } from '#domain/people.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import type { Trx } from '#storage/database.ts';
import { erasedAmong } from '#storage/erasure.ts';
import { listMembers, type Member, membersById } from '#storage/members.ts';
import { type OpenBetween, openBetween } from '#storage/open-between.ts';
import { currentLines } from '#storage/reporting.ts';
import { currentSettings } from '#storage/settings.ts';
import { homeOf } from '#storage/workspace-home.ts';
import { fillFromProfiles, type ProfilesRead } from './fill-from-profiles.ts';
import { type Identified, identifyPeople } from './identify-people.ts';
import type { FileProblem, PeopleColumn } from './people-file.ts';
import type { PersonRow } from './people-row.ts';
import {
  digestOf,
  type PeoplePlan,
  type PeopleToSave,
  planPeople,
  type WantedPerson,
} from './plan-people.ts';
import { problemsWithLines, resolveManagers } from './resolve-managers.ts';
import type { Calling } from './slack-calls.ts';
import { admitted, lookUpPeople, type SlackPeople } from './slack-people.ts';

/** A people file that could be read, or a group that stands for one. */
export interface PeopleGiven {
  /** What a column says that is not there is not "empty": it is left as it is known. */
  columns: ReadonlySet<PeopleColumn>;
  rows: readonly PersonRow[];
  /** Who is in it is not the doing of whoever imports it: who gets no messages is left out, and roles are added. */
  isGroup?: boolean;
  /** Whether people come back who were erased. */
  again?: boolean;
  /** Whether profiles in Slack are asked for start dates and managers that are neither known nor told. */
  fillsIn?: boolean;
}

/** What an import would do, and what somebody has to have agreed to for it to be done. */
export interface PlannedImport {
  plan: PeoplePlan;
  /** What is open between each rep who gets another manager and the former one: excused, or handed over. */
  open: Map<string, OpenBetween>;
  /** Of the plan: where it is another at the time of applying, somebody has to look again. */
  digest: string;
  wanted: WantedPerson[];
  todo: PeopleToSave;
  /** Of a group: guests, bots, deactivated people, and whoever was erased. */
  leftOut: number;
  /** People who take part here and whom it does not name. */
  others: number;
  /** Where profiles were to be asked. */
  profiles?: ProfilesRead;
}

/** Told while people are looked up: how many of what. */
export type Progress = (read: number, what: 'people' | 'profiles') => void;

type PlanContext = Calling & { client: WebClient };

/** Says what an import would change, or why it is refused. Slack is asked who the people are; nothing is written. */
export async function planImport(
  context: PlanContext,
  workspaceId: string,
  given: PeopleGiven,
  progress?: Progress,
): Promise<Result<PlannedImport, FileProblem[]>> {
  const planned = await planGiven(context, workspaceId, given, progress);
  if (!planned.ok || given.fillsIn !== true) return planned;
  const { wanted, profiles } = await fillFromProfiles(context, workspaceId, planned.value.wanted, (read) =>
    progress?.(read, 'profiles'),
  );
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const settings = await currentSettings(trx, workspaceId);
    const filled = await planWanted(trx, workspaceId, wanted, settings);
    return filled.ok
      ? done({ ...planned.value, ...filled.value, leftOut: planned.value.leftOut, profiles })
      : filled;
  });
}

async function planGiven(
  context: PlanContext,
  workspaceId: string,
  given: PeopleGiven,
  progress: Progress | undefined,
): Promise<Result<PlannedImport, FileProblem[]>> {
  const home = await context.database.inWorkspace(workspaceId, (trx) => homeOf(trx, workspaceId));
  const slack = await lookUpPeople(context.client, given.rows, {
    calling: context,
    workspaceId,
    home,
    progress: (read) => progress?.(read, 'people'),
  });
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const settings = await currentSettings(trx, workspaceId);
    const rows =
      given.isGroup === true ? await membersOfGroup(trx, workspaceId, given, slack, settings) : given.rows;
    const { people, problems } = await identifyPeople(rows, slack, settings);
    const told = people.map(({ row, person }) => ({
      ...person,
      line: row.line,
      roles: row.roles,
      manager: row.manager,
    }));
    const resolved = given.columns.has('manager')
      ? resolveManagers(told, await listMembers(trx, workspaceId), namesOfOthers(rows, people))
      : { managers: new Map<string, string | undefined>(), problems: [] };
    problems.push(...resolved.problems);
    await turnIsOver();
    const wanted = people.map((one) => asWanted(one, given, resolved.managers));
    // What does not go together is worth saying once everybody is who they are said to be.
    if (resolved.problems.length > 0) return refused(inOrder(problems));
    const planned = await planWanted(trx, workspaceId, wanted, settings);
    if (!planned.ok) problems.push(...planned.problem);
    if (problems.length > 0 || !planned.ok) return refused(inOrder(problems));
    return done({ ...planned.value, leftOut: given.rows.length - rows.length });
  });
}

async function membersOfGroup(
  trx: Trx,
  workspaceId: string,
  { rows }: PeopleGiven,
  slack: SlackPeople,
  settings: { guestsAllowed: boolean },
): Promise<PersonRow[]> {
  const ids = rows.flatMap(({ slackUserId }) => slackUserId ?? []);
  const known = await membersById(trx, workspaceId, ids);
  const rolesOf = new Map(known.map(({ id, roles }) => [id, roles]));
  const unknown = ids.filter((id) => !rolesOf.has(id));
  const erased = await erasedAmong(trx, workspaceId, unknown);
  return rows.flatMap((row) => {
    const id = row.slackUserId ?? '';
    const person = slack.byId.get(id);
    if (person === undefined || erased.has(id) || !mayBeMessaged(admitted(person, settings))) return [];
    return [{ ...row, roles: [...new Set([...(rolesOf.get(id) ?? []), ...row.roles])] }];
  });
}

/** The same of people who are known by now, as things stand in this transaction. */
export async function planWanted(
  trx: Trx,
  workspaceId: string,
  wanted: WantedPerson[],
  settings: Pick<Settings, 'workingDays' | 'workStarts' | 'workEnds'>,
): Promise<Result<PlannedImport, FileProblem[]>> {
  const known = await listMembers(trx, workspaceId);
  const lines = await currentLines(trx, workspaceId);
  const told = wanted.map(({ line, person, roles }) => ({ ...person, line, roles }));
  const managers = new Map(
    wanted.flatMap(({ person, managerId }) =>
      managerId === undefined ? [] : [[person.id, managerId ?? undefined] as const],
    ),
  );
  await turnIsOver();
  const members = new Map(known.map((member) => [member.id, member]));
  const problems = [
    ...problemsWithLines(told, managers, known, lines),
    ...(await whoWasErased(trx, workspaceId, wanted, members)),
  ];
  if (problems.length > 0) return refused(inOrder(problems));
  await turnIsOver();
  const { plan, todo } = await planPeople(wanted, members, lines, settings);
  const parted = plan.moved.flatMap(({ rep, from }) =>
    from === null ? [] : [{ repId: rep.id, managerId: from.id }],
  );
  const open = await openBetween(trx, workspaceId, parted);
  const named = new Set(wanted.map(({ person }) => person.id));
  const others = known.filter(({ id, status }) => mayBeMessaged(status) && !named.has(id)).length;
  return done({ plan, open, digest: await digestOf(plan), wanted, todo, leftOut: 0, others });
}

/** Nobody is brought back by a list that somebody kept. */
async function whoWasErased(
  trx: Trx,
  workspaceId: string,
  wanted: readonly WantedPerson[],
  members: ReadonlyMap<string, Member>,
): Promise<FileProblem[]> {
  const added = wanted.filter(({ person, again }) => again !== true && !members.has(person.id));
  const ids = added.map(({ person }) => person.id);
  const erased = await erasedAmong(trx, workspaceId, ids);
  return added.flatMap(({ line, person }) => {
    const at = erased.get(person.id)?.toISOString().slice(0, 10);
    if (at === undefined) return [];
    const how = 'an import that says “Take them in again” (--again) adds them anew';
    return [{ line, reason: `${person.id} was erased on ${at}; ${how}` }];
  });
}

const inOrder = (problems: FileProblem[]): FileProblem[] => problems.sort((a, b) => a.line - b.line);

function namesOfOthers(rows: readonly PersonRow[], people: readonly Identified[]): Set<string> {
  const identified = new Set(people.map((one) => one.row));
  const others = rows.filter((row) => !identified.has(row));
  return new Set(
    others.flatMap(({ slackUserId, email }) => [slackUserId, email]).filter((name) => name !== undefined),
  );
}

function asWanted(
  { row, person }: Identified,
  { columns, again }: Pick<PeopleGiven, 'columns' | 'again'>,
  managers: ReadonlyMap<string, string | undefined>,
): WantedPerson {
  return {
    line: row.line,
    person,
    roles: row.roles,
    ...(again === true ? { again } : {}),
    ...(columns.has('manager') ? { managerId: managers.get(person.id) ?? null } : {}),
    ...(columns.has('segment') ? { segment: row.segment ?? null } : {}),
    ...(columns.has('wave') ? { wave: row.wave ?? null } : {}),
    ...(columns.has('start_date') ? { startDate: row.startDate ?? null } : {}),
    ...(columns.has('country') ? { country: row.country ?? null } : {}),
  };
}
