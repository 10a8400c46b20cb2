import type { Access } from './access.ts';
import { mayDo } from './action.ts';
import { hasHolidays } from './holidays.ts';
import type { Role, Segment } from './people.ts';
import type { Relation } from './relation.ts';
import { civilDateSchema, wallTimeSchema } from './time/civil.ts';

/** What can be set of one person. */
export interface PersonFields {
  roles: Role[];
  managerId: string | null;
  segment: Segment | null;
  wave: number | null;
  startDate: string | null;
  country: string | null;
  workingDays: number[];
  workStarts: string;
  workEnds: string;
}
export type PersonFieldName = keyof PersonFields;

const organisation: readonly PersonFieldName[] = ['roles', 'managerId'];
const working: readonly PersonFieldName[] = ['startDate', 'country', 'workingDays', 'workStarts', 'workEnds'];
const tier: readonly PersonFieldName[] = ['segment', 'wave'];

/**
 * What somebody may set of a person: whoever manages people all of it, a manager what they know best of a report. Only
 * who may see a tier may set it.
 */
export function fieldsToSet(relations: readonly Relation[], tierAccess: Access): PersonFieldName[] {
  const manages = mayDo(relations, 'manage_people');
  const corrects = manages || mayDo(relations, 'correct_team');
  return [
    ...(manages ? organisation : []),
    ...(corrects && tierAccess === 'full' ? tier : []),
    ...(corrects ? working : []),
  ];
}

/** The fields whose value is none that the method takes. */
export function unfitFields(person: PersonFields): PersonFieldName[] {
  const fits: Record<PersonFieldName, boolean> = {
    roles: person.roles.length > 0,
    managerId: true,
    segment: true,
    wave: person.wave === null || (Number.isInteger(person.wave) && person.wave >= 1 && person.wave <= 4),
    startDate: person.startDate === null || civilDateSchema.safeParse(person.startDate).success,
    country: person.country === null || hasHolidays(person.country),
    workingDays:
      person.workingDays.length > 0 &&
      person.workingDays.every((day, index, days) => day >= 1 && day <= 7 && day > (days[index - 1] ?? 0)),
    workStarts: wallTimeSchema.safeParse(person.workStarts).success,
    workEnds: wallTimeSchema.safeParse(person.workEnds).success && person.workStarts < person.workEnds,
  };
  return (Object.keys(fits) as PersonFieldName[]).filter((field) => !fits[field]);
}
