import { type MemberStatus, mayBeMessaged, type Role } from '#domain/people.ts';
import type { Member } from '#storage/members.ts';
import type { ReportingLine } from '#storage/reporting.ts';
import type { FileProblem } from './people-file.ts';
import { circlesIn } from './reporting-circles.ts';

/** Somebody as they will be after the import. */
interface Known {
  id: string;
  name: string;
  email: string | null;
  roles: readonly Role[];
  status: MemberStatus;
}

/** Somebody the import is about, and where it says so. */
export interface Told extends Known {
  line: number;
}

type ManagerOf = ReadonlyMap<string, string | undefined>;

/**
 * Who manages whom after the import, by what it calls them. Managers may stand in the file or be known already.
 * `refused`: how the file names those whose own rows are refused; who names them as manager need not hear of it twice.
 */
export function resolveManagers(
  people: readonly (Told & { manager: string | undefined })[],
  known: readonly Member[],
  refused: ReadonlySet<string>,
): { managers: Map<string, string | undefined>; problems: FileProblem[] } {
  const everybody = afterImport(people, known);
  const byEmail = new Map([...everybody.values()].map((one) => [one.email, one]));
  const managers = new Map<string, string | undefined>();
  const problems: FileProblem[] = [];
  for (const one of people) {
    if (one.manager === undefined) {
      managers.set(one.id, undefined);
      continue;
    }
    const written = one.manager.includes('@') ? one.manager.toLowerCase() : one.manager;
    if (refused.has(written)) continue;
    const manager = everybody.get(written) ?? byEmail.get(written);
    const reason = problemWith(manager, one.manager, one.id);
    if (reason === undefined) managers.set(one.id, manager?.id);
    else problems.push({ line: one.line, reason });
  }
  return { managers, problems };
}

/** What does not go together, given that people whom the import is not about keep their managers. */
export function problemsWithLines(
  people: readonly Told[],
  managers: ManagerOf,
  known: readonly Member[],
  lines: readonly ReportingLine[],
): FileProblem[] {
  const everybody = afterImport(people, known);
  const unfit = people.flatMap(({ id, line }) => {
    const managerId = managers.get(id);
    if (managerId === undefined) return [];
    const manager = everybody.get(managerId);
    const reason = problemWith(manager, manager?.name ?? managerId, id);
    return reason === undefined ? [] : [{ line, reason }];
  });
  const managerOf = new Map<string, string | undefined>(lines.map((line) => [line.repId, line.managerId]));
  for (const [repId, managerId] of managers) managerOf.set(repId, managerId);
  return [
    ...unfit,
    ...leftWithReports(people, managerOf, everybody),
    ...circles(people, managerOf, everybody),
  ];
}

function afterImport(people: readonly Known[], known: readonly Member[]): Map<string, Known> {
  const everybody = new Map<string, Known>(known.map((member) => [member.id, member]));
  for (const one of people) everybody.set(one.id, one);
  return everybody;
}

function problemWith(manager: Known | undefined, written: string, ownId: string): string | undefined {
  if (manager === undefined) return `manager ${written} is neither in the file nor known already`;
  if (manager.id === ownId) return 'nobody is their own manager';
  if (!manager.roles.includes('manager')) return `${written} is given as manager but does not have that role`;
  if (!mayBeMessaged(manager.status)) return `manager ${written} is ${manager.status} in Slack`;
  return undefined;
}

/** Who is no manager any more while somebody outside the file still reports to them. */
function leftWithReports(
  people: readonly Told[],
  managerOf: ManagerOf,
  everybody: ReadonlyMap<string, Known>,
): FileProblem[] {
  const reportsOf = Map.groupBy([...managerOf.keys()], (repId) => managerOf.get(repId));
  return people.flatMap(({ id, line, name, roles }) => {
    const reports = roles.includes('manager') ? [] : (reportsOf.get(id) ?? []);
    if (reports.length === 0) return [];
    const names = reports.map((repId) => everybody.get(repId)?.name ?? repId).join(', ');
    const reason = `${name} has the role manager no more, but ${names} still report to them; give them another manager in the same file`;
    return [{ line, reason }];
  });
}

/** Everybody's managers, followed upwards, must end somewhere. Each circle is told once, at its first line. */
function circles(
  people: readonly Told[],
  managerOf: ManagerOf,
  everybody: ReadonlyMap<string, Known>,
): FileProblem[] {
  const circleOf = circlesIn(managerOf);
  const told = new Set<readonly string[]>();
  return people.flatMap(({ id, line }) => {
    const circle = circleOf.get(id);
    if (circle === undefined || told.has(circle)) return [];
    told.add(circle);
    const from = circle.indexOf(id);
    const around = [...circle.slice(from), ...circle.slice(0, from), id];
    const names = around.map((one) => everybody.get(one)?.name ?? one).join(' → ');
    return [{ line, reason: `the managers form a circle: ${names}` }];
  });
}
