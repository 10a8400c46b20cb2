import { type MemberStatus, mayBeMessaged, type Role } from '#domain/people.ts';
import type { Member } from '#storage/members.ts';
import type { ReportingLine } from '#storage/reporting.ts';
import type { Identified } from './identify-people.ts';
import type { FileProblem } from './people-file.ts';

/** Somebody as they will be after the import. */
interface Known {
  id: string;
  name: string;
  email: string | null;
  roles: readonly Role[];
  status: MemberStatus;
}

export interface ToResolve {
  people: readonly Identified[];
  /** How the file names those whose own rows are refused; who names them as manager need not hear of it twice. */
  refused: ReadonlySet<string>;
  known: readonly Member[];
  lines: readonly ReportingLine[];
  /** Whether the file has a column for it. */
  managersGiven: boolean;
}

export interface ResolvedManagers {
  /** Who is to manage whom, for those in the file. */
  managers: Map<string, string | undefined>;
  problems: FileProblem[];
}

/**
 * Who manages whom after the import. Managers may stand in the file or be known already; people who are not
 * in the file keep theirs, so what the file says is checked together with that.
 */
export function resolveManagers(given: ToResolve): ResolvedManagers {
  const { people, known, lines } = given;
  const everybody = afterImport(people, known);
  const byEmail = new Map([...everybody.values()].map((one) => [one.email, one]));
  const managers = new Map<string, string | undefined>();
  const problems: FileProblem[] = [];
  for (const { row, person } of given.managersGiven ? people : []) {
    if (row.manager === undefined) {
      managers.set(person.id, undefined);
      continue;
    }
    const written = row.manager.includes('@') ? row.manager.toLowerCase() : row.manager;
    if (given.refused.has(written)) continue;
    const manager = everybody.get(written) ?? byEmail.get(written);
    const reason = problemWith(manager, row.manager, person.id);
    if (reason === undefined) managers.set(person.id, manager?.id);
    else problems.push({ line: row.line, reason });
  }
  if (problems.length > 0) return { managers, problems };

  const managerOf = new Map<string, string | undefined>(lines.map((line) => [line.repId, line.managerId]));
  for (const [repId, managerId] of managers) managerOf.set(repId, managerId);
  problems.push(...leftWithReports(people, managerOf, everybody), ...cycles(people, managerOf, everybody));
  return { managers, problems };
}

function afterImport(people: readonly Identified[], known: readonly Member[]): Map<string, Known> {
  const everybody = new Map<string, Known>(known.map((member) => [member.id, member]));
  for (const { row, person } of people) everybody.set(person.id, { ...person, roles: row.roles });
  return everybody;
}

function problemWith(manager: Known | undefined, written: string, ownId: string): string | undefined {
  if (manager === undefined) return `manager ${written} is neither in the file nor known already`;
  if (manager.id === ownId) return 'nobody is their own manager';
  if (!manager.roles.includes('manager')) return `${written} is given as manager but does not have that role`;
  if (!mayBeMessaged(manager.status)) return `manager ${written} is ${manager.status} in Slack`;
  return undefined;
}

type ManagerOf = ReadonlyMap<string, string | undefined>;

/** Who is no manager any more while somebody outside the file still reports to them. */
function leftWithReports(
  people: readonly Identified[],
  managerOf: ManagerOf,
  everybody: ReadonlyMap<string, Known>,
): FileProblem[] {
  return people.flatMap(({ row, person }) => {
    if (row.roles.includes('manager')) return [];
    const reports = [...managerOf].filter(([, managerId]) => managerId === person.id).map(([repId]) => repId);
    if (reports.length === 0) return [];
    const names = reports.map((id) => everybody.get(id)?.name ?? id).join(', ');
    const reason = `${person.name} has the role manager no more, but ${names} still report to them; give them another manager in the same file`;
    return [{ line: row.line, reason }];
  });
}

/** Everybody's managers, followed upwards, must end somewhere. Each circle is told once, at its first line. */
function cycles(
  people: readonly Identified[],
  managerOf: ManagerOf,
  everybody: ReadonlyMap<string, Known>,
): FileProblem[] {
  const told = new Set<string>();
  return people.flatMap(({ row, person }) => {
    const circle = circleFrom(person.id, managerOf);
    if (circle === undefined || told.has(person.id)) return [];
    for (const id of circle) told.add(id);
    const names = [...circle, person.id].map((id) => everybody.get(id)?.name ?? id).join(' → ');
    return [{ line: row.line, reason: `the managers form a circle: ${names}` }];
  });
}

function circleFrom(start: string, managerOf: ManagerOf): string[] | undefined {
  const seen = new Set<string>([start]);
  for (let id = managerOf.get(start); id !== undefined; id = managerOf.get(id)) {
    if (id === start) return [...seen];
    // A circle further up, without the person asked about.
    if (seen.has(id)) return undefined;
    seen.add(id);
  }
  return undefined;
}
