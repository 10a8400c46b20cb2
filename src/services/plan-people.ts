import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Role, Segment } from '#domain/people.ts';
import type { Settings } from '#domain/settings.ts';
import type { Member } from '#storage/members.ts';
import type { ReportingLine } from '#storage/reporting.ts';
import { inTurns } from './in-turns.ts';
import type { SlackPerson } from './slack-people.ts';

/** What somebody is to be. What is left out stays as it is known; null takes it away. */
export interface WantedPerson {
  /** Of the file, or the place in the group. */
  line: number;
  person: SlackPerson;
  roles: readonly Role[];
  managerId?: string | null;
  segment?: Segment | null;
  wave?: number | null;
  startDate?: string | null;
  country?: string | null;
  /** Also where they were erased: whoever imports says so. */
  again?: true;
  /** What of it nobody told, and their profile in Slack says. */
  fromProfile?: ('startDate' | 'managerId')[];
}

/** What can change of a person, in the order in which it is shown. */
export const shownFields = [
  'name',
  'email',
  'timeZone',
  'roles',
  'segment',
  'wave',
  'startDate',
  'country',
  'workingDays',
  'workStarts',
  'workEnds',
  'inPilot',
  'status',
] as const satisfies readonly (keyof Member)[];
export type PersonField = (typeof shownFields)[number];

export interface FieldChange {
  field: PersonField;
  before: Member[PersonField];
  after: Member[PersonField];
}

export type PlannedAddition = Pick<
  Member,
  'id' | 'name' | 'roles' | 'segment' | 'wave' | 'startDate' | 'country'
>;

export interface PlannedChange {
  id: string;
  name: string;
  changes: FieldChange[];
}

export interface Named {
  id: string;
  name: string;
}

export interface PlannedMove {
  rep: Named;
  from: Named | null;
  to: Named | null;
}

/** What an import would do; nothing of it is done yet. */
export interface PeoplePlan {
  added: PlannedAddition[];
  changed: PlannedChange[];
  moved: PlannedMove[];
  /** How many are as they are to be. */
  unchanged: number;
}

/** The same in rows: who is saved, and who reports to whom. */
export interface PeopleToSave {
  save: { before: Member | undefined; after: Member }[];
  managers: Map<string, string | undefined>;
}

export async function planPeople(
  wanted: readonly WantedPerson[],
  known: ReadonlyMap<string, Member>,
  lines: readonly ReportingLine[],
  defaults: Pick<Settings, 'workingDays' | 'workStarts' | 'workEnds'>,
): Promise<{ plan: PeoplePlan; todo: PeopleToSave }> {
  const plan: PeoplePlan = { added: [], changed: [], moved: [], unchanged: 0 };
  const todo: PeopleToSave = { save: [], managers: new Map() };
  const names = new Map(wanted.map(({ person }) => [person.id, person.name]));
  const named = (id: string | undefined): Named | null =>
    id === undefined ? null : { id, name: names.get(id) ?? known.get(id)?.name ?? id };
  const managerOf = new Map(lines.map((line) => [line.repId, line.managerId]));
  for await (const some of inTurns(wanted)) {
    for (const one of some) {
      const { id } = one.person;
      const before = known.get(id);
      const after = asMember(one, before, defaults);
      const changes = before === undefined ? [] : changesBetween(before, after);
      if (before === undefined) plan.added.push(asAddition(after));
      else if (changes.length > 0) plan.changed.push({ id, name: after.name, changes });
      else plan.unchanged += 1;
      if (before === undefined || changes.length > 0) todo.save.push({ before, after });
      if (one.managerId === undefined) continue;
      const to = one.managerId ?? undefined;
      if (managerOf.get(id) === to) continue;
      todo.managers.set(id, to);
      plan.moved.push({ rep: { id, name: after.name }, from: named(managerOf.get(id)), to: named(to) });
    }
  }
  return { plan, todo };
}

export function changesBetween(before: Member, after: Member): FieldChange[] {
  return shownFields
    .filter((field) => before[field] !== after[field] && !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

/** Two plans that would do the same have the same. */
export async function digestOf({ added, changed, moved }: PeoplePlan): Promise<string> {
  const hash = createHash('sha256');
  // Piece by piece: a plan for fifty thousand people is no text to be made in one go.
  for await (const some of inTurns([added, changed, moved].flat())) {
    for (const one of some) hash.update(JSON.stringify(one));
  }
  return hash.digest('hex');
}

const orKnown = <T>(given: T | undefined, known: T | null | undefined): T | null =>
  given === undefined ? (known ?? null) : given;

function asMember(
  { person, roles, segment, wave, startDate, country }: WantedPerson,
  old: Member | undefined,
  defaults: Pick<Settings, 'workingDays' | 'workStarts' | 'workEnds'>,
): Member {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    timeZone: person.timeZone,
    roles: [...roles],
    segment: orKnown(segment, old?.segment),
    wave: orKnown(wave, old?.wave),
    startDate: orKnown(startDate, old?.startDate),
    country: orKnown(country, old?.country),
    dmChannel: old?.dmChannel ?? null,
    workingDays: old?.workingDays ?? [...defaults.workingDays],
    workStarts: old?.workStarts ?? defaults.workStarts,
    workEnds: old?.workEnds ?? defaults.workEnds,
    inPilot: old?.inPilot ?? false,
    status: person.status,
  };
}

const asAddition = ({ id, name, roles, segment, wave, startDate, country }: Member): PlannedAddition => ({
  id,
  name,
  roles,
  segment,
  wave,
  startDate,
  country,
});
