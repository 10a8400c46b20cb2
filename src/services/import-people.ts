import type { WebClient } from '@slack/web-api';
import { listMembers, type Member, saveMember } from '#storage/members.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import { done, refused, type Result } from '#domain/result.ts';
import type { ServiceContext } from '../context.ts';
import { type FileProblem, type PersonRow, readPeopleFile } from './people-file.ts';
import { alignOneOnOnes, setManagers } from './set-managers.ts';
import { allSlackPeople, findSlackPerson, type SlackPerson } from './slack-people.ts';

export interface Imported {
  added: number;
  updated: number;
  unchanged: number;
  managersChanged: number;
}

/** Up to here each person is asked for; beyond, reading the whole list takes fewer calls. */
const askedOneByOne = 40;

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

  const known = await context.database.inWorkspace(workspaceId, (trx) => listMembers(trx, workspaceId));
  const slackPeople = await lookUp(context.client, file.rows);
  const { people, problems } = identify(file.rows, slackPeople);
  const managers = resolveManagers(people, known, problems);
  if (problems.length > 0) return refused(problems.sort((a, b) => a.line - b.line));

  const now = new Date(context.clock.now());
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const before = new Map((await listMembers(trx, workspaceId)).map((member) => [member.id, member]));
    const counts: Imported = { added: 0, updated: 0, unchanged: 0, managersChanged: 0 };
    for (const { row, person } of people) {
      const old = before.get(person.id);
      const member = asMember(row, person, old);
      if (old === undefined) counts.added += 1;
      else if (sameMember(old, member)) counts.unchanged += 1;
      else counts.updated += 1;
      await saveMember(trx, workspaceId, { ...member, updatedAt: now });
      before.set(member.id, member);
    }
    const workspace = await findWorkspace(trx, workspaceId);
    counts.managersChanged = await setManagers(trx, workspaceId, managers, now);
    await alignOneOnOnes(trx, workspaceId, before, { now, started: workspace?.startedAt != null });
    return done(counts);
  });
}

interface Found {
  byId: Map<string, SlackPerson>;
  byEmail: Map<string, SlackPerson>;
}

async function lookUp(client: WebClient, rows: PersonRow[]): Promise<Found> {
  const found: Found = { byId: new Map(), byEmail: new Map() };
  const keep = (person: SlackPerson): void => {
    found.byId.set(person.id, person);
    if (person.email !== null) found.byEmail.set(person.email, person);
  };
  if (rows.length > askedOneByOne) {
    for await (const person of allSlackPeople(client)) keep(person);
    return found;
  }
  for (const row of rows) {
    const by = row.slackUserId !== undefined ? { id: row.slackUserId } : { email: row.email ?? '' };
    const person = await findSlackPerson(client, by);
    if (person !== undefined) keep(person);
  }
  return found;
}

interface Identified {
  row: PersonRow;
  person: SlackPerson;
}

function identify(rows: PersonRow[], found: Found): { people: Identified[]; problems: FileProblem[] } {
  const people: Identified[] = [];
  const problems: FileProblem[] = [];
  const lineOf = new Map<string, number>();
  for (const row of rows) {
    const named = row.slackUserId ?? row.email ?? '';
    const person =
      row.slackUserId !== undefined ? found.byId.get(row.slackUserId) : found.byEmail.get(row.email ?? '');
    const problem = aboutPerson(row, named, person, lineOf);
    if (problem !== undefined || person === undefined) {
      problems.push({ line: row.line, reason: problem ?? '' });
      continue;
    }
    lineOf.set(person.id, row.line);
    people.push({ row, person });
  }
  return { people, problems };
}

function aboutPerson(
  row: PersonRow,
  named: string,
  person: SlackPerson | undefined,
  lineOf: Map<string, number>,
): string | undefined {
  if (person === undefined) return `Slack knows nobody as ${named} in this workspace`;
  const first = lineOf.get(person.id);
  if (first !== undefined) return `${named} is the same person as in line ${first}`;
  if (row.email !== undefined && person.email !== null && row.email !== person.email) {
    return `${named} has another email in Slack than ${row.email}`;
  }
  if (person.status === 'bot') return `${named} is a bot`;
  if (person.status === 'guest') return `${named} is a guest; guests get no messages`;
  if (person.status === 'deactivated') return `${named} is deactivated in Slack`;
  return undefined;
}

/** Who manages whom after the import; managers may stand in the file or be known already. */
function resolveManagers(
  people: Identified[],
  known: Member[],
  problems: FileProblem[],
): Map<string, string | undefined> {
  const inFile = new Map<string, Identified>();
  for (const one of people) {
    inFile.set(one.person.id, one);
    if (one.person.email !== null) inFile.set(one.person.email, one);
  }
  const managers = new Map<string, string | undefined>();
  for (const { row, person } of people) {
    if (row.manager === undefined) {
      managers.set(person.id, undefined);
      continue;
    }
    const written = row.manager.includes('@') ? row.manager.toLowerCase() : row.manager;
    const fromFile = inFile.get(written);
    const member = known.find((one) => one.id === written || one.email === written);
    const id = fromFile?.person.id ?? member?.id;
    const itsRoles = fromFile?.row.roles ?? member?.roles ?? [];
    if (id === undefined) {
      problems.push({ line: row.line, reason: `manager ${row.manager} is neither in the file nor known already` });
    } else if (id === person.id) {
      problems.push({ line: row.line, reason: 'nobody is their own manager' });
    } else if (!itsRoles.includes('manager')) {
      problems.push({ line: row.line, reason: `${row.manager} is given as manager but does not have that role` });
    } else {
      managers.set(person.id, id);
    }
  }
  return managers;
}

function asMember(row: PersonRow, person: SlackPerson, old: Member | undefined): Member {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    timeZone: person.timeZone,
    roles: row.roles,
    segment: row.segment ?? null,
    wave: row.wave ?? null,
    startDate: row.startDate ?? null,
    country: row.country ?? null,
    dmChannel: old?.dmChannel ?? null,
    status: person.status,
  };
}

function sameMember(one: Member, other: Member): boolean {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}
