import { nearestWord } from '#domain/nearest.ts';
import { findAsker, type Keeper } from '#services/find-asker.ts';
import type { CommandRequest, Feature, Help, Reply, Request } from '../feature.ts';
import { asTyped, fitted, inMarkup, inOneLine } from '../text.ts';
import { helpLines, helpOnWord } from './words.ts';

/** Help is made of what the features say of themselves. */
export function helpFeature(features: readonly Feature[]): Feature {
  const own: Help = {
    usage: '/coach help',
    does: 'what you can do here',
    for: [],
    example: '/coach help log',
    more: 'After any word, `help` explains that one: `/coach log help`. Only you see the answer.',
  };
  const all = [...features.flatMap((feature) => feature.help), own];
  return { name: 'help', help: [own], commands: { help: (request) => help(request, all) } };
}

async function help(request: CommandRequest, all: readonly Help[]): Promise<Reply> {
  const asker = await findAsker(request.context, request.workspaceId, request.userId);
  if (asker.roles === undefined) return unknownPerson(asker.keepers);
  const onWord = helpOnWord(all, request.rest.trim().toLowerCase(), asker.roles);
  return { text: onWord ?? ['*What you can do here*', ...helpLines(all, asker.roles)].join('\n') };
}

/** A command word nobody answers to. */
export async function unknownWord(request: Request, typed: string, known: readonly string[]): Promise<Reply> {
  const asker = await findAsker(request.context, request.workspaceId, request.userId);
  if (asker.roles === undefined) return unknownPerson(asker.keepers);
  const word = asTyped(typed);
  const near = nearestWord(word, known);
  const said = inMarkup(fitted(inOneLine(word), 40));
  const meant = near === undefined ? '' : ` Did you mean \`/coach ${near}\`?`;
  return { text: `There is no “/coach ${said}”.${meant} \`/coach help\` lists what there is.` };
}

/** For somebody the product does not know: who can change that. */
export async function answerToUnknown(request: Request): Promise<{ text: string }> {
  const asker = await findAsker(request.context, request.workspaceId, request.userId);
  return unknownPerson(asker.keepers);
}

const named = 3;

function unknownPerson(keepers: readonly Keeper[]): { text: string } {
  const shown = keepers.slice(0, named).map(({ id }) => `<@${id}>`);
  const who = shown.length === 0 ? 'whoever installed Sideline here' : shown.join(' or ');
  return {
    text: `Hello. Sideline helps managers here coach their reps, and you are not on its list yet. Ask ${who} to add you.`,
  };
}
