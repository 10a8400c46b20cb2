import type { Role, Segment } from '#domain/people.ts';
import { daysBetween } from '#domain/time/civil.ts';
import type { PersonOnPage } from '#services/search-people.ts';
import { dayInWords } from '../dates.ts';
import { nameOf } from '../text.ts';

export const roleWords: Record<Role, string> = {
  rep: 'Rep',
  manager: 'Manager',
  enablement: 'Enablement',
  admin: 'Admin',
};

export const segmentWords: Record<Segment, string> = { star: 'Star', core: 'Core', low: 'Low' };

export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`;

export const people = (count: number): string => counted(count, 'person', 'people');

/** What stands below a name: no mark-up in it but for what callers escape. */
export function factsOf(person: PersonOnPage, today: string, scope: 'all' | 'team'): string[] {
  const { roles, manager, segment, wave, status, awayUntil } = person;
  return [
    roles.map((role) => roleWords[role]).join(' + '),
    // Whose team it is says the title.
    ...(scope === 'team'
      ? []
      : manager !== null
        ? [`reports to ${nameOf(manager.name, 40)}`]
        : roles.includes('rep') && status === 'active'
          ? ['without a manager']
          : []),
    ...(segment === null ? [] : [segmentWords[segment].toLowerCase()]),
    ...(wave === null ? [] : [`wave ${wave}`]),
    ...(awayUntil === undefined ? [] : [awayInWords(awayUntil, today)]),
    ...(status === 'active' ? [] : [statusWords[status]]),
  ];
}

/** Of an absence that stands until somebody ends it nobody is told a day. */
export const awayInWords = (until: string, today: string): string =>
  daysBetween(today, until) > 180 ? 'away' : `away until ${dayInWords(until)}`;

export const statusWords = {
  active: 'here',
  deactivated: 'deactivated in Slack',
  guest: 'a guest, gets no messages',
  bot: 'a bot',
} as const;
