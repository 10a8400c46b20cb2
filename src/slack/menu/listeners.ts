import { findStanding } from '#services/running-state.ts';
import { context } from '../blocks.ts';
import type { ActionRequest, Feature, Help, Reply, Request } from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { helpLines } from '../help/words.ts';
import { whyNothingIsSent } from '../start/running.ts';
import { ids, menuBlocks, sectionsOf } from './view.ts';

const question = 'What would you like to do?';
const hint = '`/coach help` lists everything; `help` after any word explains that one.';

/** `/coach` alone: what is likeliest, as buttons that do what the words of other features do. */
export function menuFeature(features: readonly Feature[]): Feature {
  const own: Help = {
    usage: '/coach',
    does: 'what is likeliest, as buttons',
    for: [],
  };
  const help = features.flatMap((feature) => feature.help);
  const commands = new Map(features.flatMap((feature) => Object.entries(feature.commands ?? {})));
  return {
    name: 'menu',
    help: [own],
    commands: { menu: (request) => menu(request, help) },
    actions: {
      async [ids.run](request: ActionRequest) {
        const run = commands.get(request.value);
        if (run === undefined) return menu(request, help);
        return run({ ...request, rest: '' });
      },
    },
  };
}

async function menu(request: Request, help: readonly Help[]): Promise<Reply> {
  const standing = await findStanding(request.context, request.workspaceId, request.userId);
  if (standing === undefined) return answerToUnknown(request);
  const { roles, running } = standing;
  const why = whyNothingIsSent(running);
  const lines = [...(why === undefined ? [] : [why]), question];
  return {
    text: [...lines, ...helpLines(help, roles), hint].join('\n'),
    blocks: [...sectionsOf(lines), ...menuBlocks(help, roles), context(hint)],
  };
}

/** Somebody typed a message instead of a command: what works, and the menu's buttons. */
export async function answerToTyped(
  request: Request,
  help: readonly Help[],
): Promise<NonNullable<Extract<Reply, { text: string }>>> {
  const standing = await findStanding(request.context, request.workspaceId, request.userId);
  if (standing === undefined) return answerToUnknown(request);
  const why = whyNothingIsSent(standing.running);
  const lines = [
    ...(why === undefined ? [] : [why]),
    'I do not read messages here, so nothing of this is kept. What works:',
    ...helpLines(help, standing.roles),
  ];
  return {
    text: lines.join('\n'),
    blocks: [...sectionsOf(lines), ...menuBlocks(help, standing.roles)],
  };
}
