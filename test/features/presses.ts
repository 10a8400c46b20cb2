import { vi } from 'vitest';
import { z } from 'zod';
import type { Call } from '#sandbox/local-slack/calls.ts';
import { Seen } from '#test/person-surfaces.ts';
import type { World } from '#test/world.ts';

/** What a duty takes: pushes that reach the app, and apart from them what is typed and chosen. */
export interface Walk {
  duty: string;
  whose: string;
  from: string;
  presses: number;
  typed: number;
  chosen: number;
}

const pressed = z.looseObject({ actions: z.array(z.looseObject({ type: z.string() })).min(1) });

/** A choice on a form that the app hears of is still a choice. */
function isPress({ direction, kind, method, request }: Call): boolean {
  if (direction !== 'to app') return false;
  if (kind === 'command' || method === 'view_submission') return true;
  if (method !== 'block_actions') return false;
  const type = pressed.parse(request).actions[0]?.type ?? '';
  return type === 'button' || type === 'overflow';
}

/** Walks are counted one after the other. */
export function countWalks(world: () => World) {
  const walks: Walk[] = [];
  const fill = vi.spyOn(Seen.prototype, 'fill');
  const pick = vi.spyOn(Seen.prototype, 'pick');
  const choose = vi.spyOn(Seen.prototype, 'choose');
  return {
    walks,
    async walk(who: Pick<Walk, 'duty' | 'whose' | 'from'>, steps: () => Promise<unknown>): Promise<Walk> {
      world().slack.calls.clear();
      for (const spy of [fill, pick, choose]) spy.mockClear();
      await steps();
      const presses = world().slack.calls.list().filter(isPress).length;
      const typed = fill.mock.calls.length;
      const chosen =
        pick.mock.calls.length + choose.mock.calls.reduce((sum, [, ...some]) => sum + some.length, 0);
      const walk = { ...who, presses, typed, chosen };
      walks.push(walk);
      return walk;
    },
  };
}

export function inMarkdown(walks: readonly Walk[]): string {
  const rows = walks.map(
    ({ duty, whose, from, presses, typed, chosen }) =>
      `| ${duty} | ${whose} | ${from} | ${presses} | ${typed} | ${chosen} |`,
  );
  return [
    '# Presses',
    '',
    'Counted is what each main path takes from the message or the word that begins it until it is saved: a press is',
    'whatever reaches the app (a command, a button, an entry of its menu, Save), and what is typed or chosen on the',
    'first screen stands apart. `test/features/presses.test.ts` walks every path and compares this table;',
    '`UPDATE_DOCS=1` writes it. Setting up a training is saved twice, since the first shows what it will bring.',
    '',
    '| what | who | begins with | presses | typed | chosen |',
    '|---|---|---|--:|--:|--:|',
    ...rows,
    '',
  ].join('\n');
}
