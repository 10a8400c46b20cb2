import { roles, segments } from '#domain/people.ts';
import type { PersonFieldName, PersonFields } from '#domain/person-fields.ts';
import type { OpenView } from '../feature.ts';
import { filledIn } from '../form.ts';
import { countryMeant } from './country.ts';
import { type EditCarried, fieldId } from './edit-form.ts';

/** What stands in the fields that were there, and what cannot be read, by field. */
export function readEditForm(
  view: OpenView,
  { round }: Pick<EditCarried, 'round'>,
): { filled: Partial<PersonFields>; errors: Record<string, string> } {
  const form = filledIn(view);
  const errors: Record<string, string> = {};
  const filled: Partial<PersonFields> = {};
  const read: { [Name in PersonFieldName]: (id: string) => PersonFields[Name] } = {
    roles: (id) => roles.filter((one) => form.choices(id).includes(one)),
    managerId: (id) => form.person(id) ?? null,
    segment: (id) => segments.find((one) => one === form.choice(id)) ?? null,
    wave: (id) => waveOf(form.choice(id)),
    startDate: (id) => form.date(id) ?? null,
    country: (id) => {
      const typed = form.text(id);
      if (typed === undefined) return null;
      const meant = countryMeant(typed);
      if (meant === undefined) {
        errors[id] =
          'Its public holidays are not known. Give another country, such as Germany or DE, or leave it empty.';
      }
      return meant ?? null;
    },
    workingDays: (id) =>
      form
        .choices(id)
        .map(Number)
        .toSorted((a, b) => a - b),
    workStarts: (id) => form.time(id) ?? '',
    workEnds: (id) => form.time(id) ?? '',
  };
  const take = <Name extends PersonFieldName>(name: Name): void => {
    const id = fieldId(name, round);
    if (view.inputs.includes(id)) filled[name] = read[name](id);
  };
  for (const name of Object.keys(read) as PersonFieldName[]) take(name);
  return { filled, errors };
}

const waveOf = (choice: string | undefined): number | null =>
  choice === undefined || choice === 'none' ? null : Number(choice);
