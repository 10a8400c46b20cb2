import type { PersonFieldName } from '#domain/person-fields.ts';
import type { PersonProblem } from '#services/change-person.ts';
import type { BulkProblem } from '#services/plan-change.ts';
import { nameOf } from '../text.ts';
import { people } from './words.ts';

const namesShown = 5;

/** Names where nothing is mark-up. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).map((name) => nameOf(name, 40));
  return names.length > namesShown
    ? `${shown.join(', ')} and ${names.length - namesShown} more`
    : shown.join(', ');
}

const unfit: Record<PersonFieldName, string> = {
  roles: 'Choose a role at least.',
  managerId: 'Choose a manager, or leave it empty.',
  segment: 'Choose a segment.',
  wave: 'Choose a wave from 1 to 4, or none.',
  startDate: 'Choose a date, or leave it empty.',
  country: 'Its public holidays are not known. Give another country, or leave it empty.',
  workingDays: 'Choose a day at least.',
  workStarts: 'Choose a time, such as 09:00.',
  workEnds: 'Choose a time after the day starts.',
};

type ManagerProblem = Extract<BulkProblem, { kind: 'manager' | 'circle' }>;

/** Below the field of the manager. */
export function whyNotManager(problem: ManagerProblem): string {
  if (problem.kind === 'circle') {
    return `That would be a circle: ${problem.names.map((name) => nameOf(name, 40)).join(' reports to ')}. Choose somebody else.`;
  }
  switch (problem.why) {
    case 'unknown':
      return 'They are not in Sideline. Add them first, or choose somebody else.';
    case 'yourself':
      return 'Nobody is their own manager. Choose somebody else.';
    case 'not_a_manager':
      return `${nameOf(problem.name, 60)} is not a manager here. Give them that role first, or choose somebody else.`;
    case 'not_here':
      return `${nameOf(problem.name, 60)} gets no messages: deactivated in Slack, or a guest. Choose somebody else.`;
  }
}

type Refusal = Exclude<PersonProblem, { kind: 'changed_meanwhile' }>;

/** What was wrong with a form about one person, by field; the first field where it is about the whole. */
export function explainPerson(problem: Refusal): Partial<Record<PersonFieldName | 'whole', string>> {
  switch (problem.kind) {
    case 'unknown':
      return { whole: 'Not saved: they are not in Sideline any more.' };
    case 'not_allowed':
      return {
        whole:
          'Not saved: this is not yours to set any more. Close it and type /coach people to see what is.',
      };
    case 'unfit':
      return Object.fromEntries(problem.fields.map((field) => [field, unfit[field]]));
    case 'has_reports':
      return {
        roles: `They manage ${listed(problem.names)}. Give those another manager first; nothing was saved, and what you filled in is kept.`,
      };
    case 'last_keeper':
      return {
        roles:
          'Nobody else here is enablement or admin. Give somebody else that role first; nothing was saved.',
      };
    default:
      return { managerId: whyNotManager(problem) };
  }
}

/** The same of a change for many. */
export function explainBulk(problem: Exclude<BulkProblem, ManagerProblem>): string {
  switch (problem.kind) {
    case 'nobody':
      return 'Nobody is chosen. Close this, and choose somebody.';
    case 'unknown':
      return `${people(problem.ids.length)} of them are not in Sideline any more. Close this, and choose anew.`;
    case 'not_allowed':
      return `Nothing was changed: not yours to set for ${listed(problem.names)}. Take them out, and the rest can be changed.`;
    case 'unfit':
      return 'Choose a segment or a wave that there is.';
  }
}
