import type { PageMember, PageParts, PageSandbox } from './parts.ts';
import type { PeopleGroup, PersonCard, World } from './protocol.ts';

/** Everybody the visitor can be, by the part they play. */
function groupsOf(cards: readonly PersonCard[], members: readonly PageMember[]): PeopleGroup[] {
  const left = new Map(cards.map((card) => [card.id, card]));
  const take = (wanted: (member: PageMember) => boolean): PersonCard[] =>
    members.filter(wanted).flatMap(({ id }) => {
      const card = left.get(id);
      left.delete(id);
      return card === undefined ? [] : [card];
    });
  const managers = members.filter((one) => members.some((other) => other.manager === one.id));
  const leads = take((one) => one.roles.includes('enablement') && !managers.includes(one));
  const teams = managers.map((manager) => {
    const people = [...take((one) => one === manager), ...take((one) => one.manager === manager.id)];
    return { label: `${people[0]?.name.split(' ')[0] ?? ''}'s team`, people };
  });
  return [
    { label: 'Enablement', people: leads },
    ...teams,
    { label: teams.length === 0 ? 'People' : 'Others', people: [...left.values()] },
  ].filter((group) => group.people.length > 0);
}

export function worldOf<S extends PageSandbox>(
  sandbox: S,
  parts: PageParts<S>,
): Omit<World, 'journey'> | undefined {
  const { slack, clock } = sandbox;
  const known = wellKnown(sandbox);
  if (known === undefined) return undefined;
  const { first, id: worldId } = known;
  const directory = slack.person(first).people();
  const cards = directory
    .filter((one) => !one.isBot && !one.deleted)
    .map(({ id, name }): PersonCard => {
      const session = slack.person(id);
      const { title, tz } = session.me();
      const unread = session.conversations().reduce((sum, one) => sum + one.unread, 0);
      return { id, name, title, zone: tz, unread };
    });
  const app = directory.find((one) => one.isBot && one.id !== 'USLACKBOT');
  return {
    id: worldId,
    team: parts.teamName ?? 'Sandbox',
    app: { id: app?.id ?? '', name: app?.name ?? 'App' },
    now: clock.now(),
    groups: groupsOf(cards, parts.members ?? []),
    directory,
    channels: slack
      .person(first)
      .channels()
      .map(({ id, name }) => ({ id, name })),
    has: { guide: parts.guide !== undefined, explain: parts.explain !== undefined },
  };
}

interface WellKnown {
  id: string;
  /** Sessions are by person; what everybody sees can be read through any of them. */
  first: string;
}

const wellKnownBy = new WeakMap<object, WellKnown>();

/** What does not change while a sandbox runs: a snapshot is dear. */
function wellKnown({ slack }: PageSandbox): WellKnown | undefined {
  const before = wellKnownBy.get(slack);
  if (before !== undefined) return before;
  const { users } = slack.snapshot();
  const first = Object.values(users).find((one) => !one.isBot && !one.deleted && one.id !== 'USLACKBOT');
  if (first === undefined) return undefined;
  const found = { id: String(users['USLACKBOT']?.updated ?? ''), first: first.id };
  wellKnownBy.set(slack, found);
  return found;
}
