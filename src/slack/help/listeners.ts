import { nearestWord } from '#domain/nearest.ts';
import type { Role } from '#domain/people.ts';
import { findAsker, type Report } from '#services/find-reports.ts';
import type { CommandRequest, Feature, Help, Reply, Request } from '../feature.ts';
import { escaped, fitted, inOneLine } from '../text.ts';

/** Help is made of what the features say of themselves. */
export function helpFeature(features: readonly Feature[]): Feature {
  const own: Help = { usage: '/coach help', does: 'what you can do here', for: [] };
  const all = [...features.flatMap((feature) => feature.help), own];
  return { name: 'help', help: [own], commands: { help: (request) => help(request, all) } };
}

async function help(request: CommandRequest, all: readonly Help[]): Promise<Reply> {
  const asker = await findAsker(request.context, request.workspaceId, request.userId);
  if (asker.roles === undefined) return unknownPerson(asker.keepers);
  return { text: helpText(all, asker.roles) };
}

export function helpText(all: readonly Help[], roles: readonly Role[]): string {
  const lines = all
    .filter((one) => one.for.length === 0 || one.for.some((role) => roles.includes(role)))
    .map(({ usage, does }) => `• \`${usage}\` ${does}`);
  return ['*What you can do here*', ...lines].join('\n');
}

/** Somebody the product does not know: who can change that, by name. */
export function unknownPerson(keepers: readonly Report[]): { text: string } {
  const shown = keepers.slice(0, 3).map(({ id }) => `<@${id}>`);
  const who =
    shown.length === 0 ? 'whoever installed Sideline here' : shown.length === 1 ? shown[0] : shown.join(' or ');
  return {
    text: `Hello. Sideline helps managers here coach their reps, and you are not on its list yet. Ask ${who} to add you.`,
  };
}

/** A command word nobody answers to. */
export async function unknownWord(request: Request, typed: string, known: readonly string[]): Promise<Reply> {
  const asker = await findAsker(request.context, request.workspaceId, request.userId);
  if (asker.roles === undefined) return unknownPerson(asker.keepers);
  const near = nearestWord(typed, known);
  const said = escaped(fitted(inOneLine(typed), 40));
  const meant = near === undefined ? '' : ` Did you mean \`/coach ${near}\`?`;
  return { text: `There is no \`/coach ${said.replaceAll('`', "'")}\`.${meant} \`/coach help\` lists what there is.` };
}
