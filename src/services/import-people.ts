import type { WebClient } from '@slack/web-api';
import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import { listMembers, type Member, saveMember } from '#storage/members.ts';
import { currentLines } from '#storage/reporting.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { alignCadences } from './align-cadences.ts';
import { followMove, hasMoved } from './follow-move.ts';
import { type Identified, identifyPeople } from './identify-people.ts';
import { type FileProblem, type PeopleColumn, readPeopleFile } from './people-file.ts';
import type { PersonRow } from './people-row.ts';
import { followIntoPilot } from './pilot.ts';
import { resolveManagers } from './resolve-managers.ts';
import { setManagers } from './set-managers.ts';
import { lookUpPeople } from './slack-people.ts';

export interface Imported {
  added: number;
  updated: number;
  unchanged: number;
  managersChanged: number;
}

/**
 * Takes over a people file: all of it, or nothing and the reasons. People who are not in the file stay as
 * they are.
 */
export async function importPeople(
  context: ServiceContext & { client: WebClient },
  workspaceId: string,
  text: string,
): Promise<Result<Imported, FileProblem[]>> {
  const file = readPeopleFile(text);
  if (file.problems.length > 0) return refused(file.problems);
  const { people, problems } = identifyPeople(file.rows, await lookUpPeople(context.client, file.rows));
  const imported = await context.database.inWorkspace(workspaceId, async (trx) => {
    const known = await listMembers(trx, workspaceId);
    const lines = await currentLines(trx, workspaceId);
    const resolved = resolveManagers({
      people,
      refused: namesOfOthers(file.rows, people),
      known,
      lines,
      managersGiven: file.columns.has('manager'),
    });
    problems.push(...resolved.problems);
    if (problems.length > 0) return refused(problems.sort((a, b) => a.line - b.line));

    const now = new Date(context.clock.now());
    const defaults = await currentSettings(trx, workspaceId);
    const members = new Map(known.map((member) => [member.id, member]));
    const counts: Imported = { added: 0, updated: 0, unchanged: 0, managersChanged: 0 };
    const moves: { before: Member; after: Member }[] = [];
    for (const one of people) {
      const old = members.get(one.person.id);
      const member = asMember(one, file.columns, old, defaults);
      counts[changeOf(old, member)] += 1;
      await saveMember(trx, workspaceId, { ...member, updatedAt: now });
      members.set(member.id, member);
      if (old !== undefined && hasMoved(old, member)) moves.push({ before: old, after: member });
    }
    counts.managersChanged = await setManagers(trx, workspaceId, resolved.managers, now);
    await followIntoPilot(trx, workspaceId, members);
    await alignCadences(trx, workspaceId, members, now);
    for (const move of moves) await followMove(trx, workspaceId, move, now);
    return done(counts);
  });
  // Messages of pairs that are none any more have changed.
  if (imported.ok) context.wake(workspaceId);
  return imported;
}

function namesOfOthers(rows: readonly PersonRow[], people: readonly Identified[]): Set<string> {
  const identified = new Set(people.map((one) => one.row));
  const others = rows.filter((row) => !identified.has(row));
  return new Set(
    others.flatMap(({ slackUserId, email }) => [slackUserId, email]).filter((name) => name !== undefined),
  );
}

function asMember(
  { row, person }: Identified,
  columns: ReadonlySet<PeopleColumn>,
  old: Member | undefined,
  defaults: Pick<Settings, 'workingDays' | 'workStarts' | 'workEnds'>,
): Member {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    timeZone: person.timeZone,
    roles: row.roles,
    segment: (columns.has('segment') ? row.segment : old?.segment) ?? null,
    wave: (columns.has('wave') ? row.wave : old?.wave) ?? null,
    startDate: (columns.has('start_date') ? row.startDate : old?.startDate) ?? null,
    country: (columns.has('country') ? row.country : old?.country) ?? null,
    dmChannel: old?.dmChannel ?? null,
    workingDays: old?.workingDays ?? [...defaults.workingDays],
    workStarts: old?.workStarts ?? defaults.workStarts,
    workEnds: old?.workEnds ?? defaults.workEnds,
    inPilot: old?.inPilot ?? false,
    status: person.status,
  };
}

function changeOf(old: Member | undefined, member: Member): 'added' | 'updated' | 'unchanged' {
  if (old === undefined) return 'added';
  const inOrder = (one: Member): string => JSON.stringify(Object.entries(one).sort());
  return inOrder(old) === inOrder(member) ? 'unchanged' : 'updated';
}
