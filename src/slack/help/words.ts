import type { Role } from '#domain/people.ts';
import type { Help } from '../feature.ts';

/** The word after `/coach` that a line of help is about. */
export const wordOf = ({ usage }: Help): string => usage.split(' ')[1] ?? '';

export const isFor = (one: Help, roles: readonly Role[]): boolean =>
  one.for.length === 0 || one.for.some((role) => roles.includes(role));

export function helpLines(all: readonly Help[], roles: readonly Role[]): string[] {
  return all.filter((one) => isFor(one, roles)).map(({ usage, does }) => `• \`${usage}\` ${does}`);
}

const people: Record<Role, string> = {
  rep: 'reps',
  manager: 'managers',
  enablement: 'enablement',
  admin: 'admins',
};

/** Everything there is to say about one word: usage, an example, who sees what. */
export function helpOnWord(all: readonly Help[], word: string, roles: readonly Role[]): string | undefined {
  const about = word === '' ? [] : all.filter((one) => wordOf(one) === word);
  if (about.length === 0) return undefined;
  // One word may do different things for different roles.
  const own = about.filter((one) => isFor(one, roles));
  return (own.length > 0 ? own : about).map((one) => whole(one, roles)).join('\n\n');
}

function whole(one: Help, roles: readonly Role[]): string {
  const { usage, does, example, more } = one;
  const notYours = isFor(one, roles) ? [] : [`It is for ${listed(one.for)}, so it does nothing for you.`];
  return [
    `*\`${usage}\`* ${does}`,
    ...(example === undefined ? [] : [`For example: \`${example}\``]),
    ...(more === undefined ? [] : [more]),
    ...notYours,
  ].join('\n');
}

function listed(roles: readonly Role[]): string {
  const names = roles.map((role) => people[role]);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
