import type { Button, KnownBlock } from '@slack/web-api';
import { roles as allRoles, type Role } from '#domain/people.ts';
import { context } from '../blocks.ts';
import type { Help } from '../feature.ts';
import { wordOf } from '../help/words.ts';
import { plain } from '../rich-text.ts';

export const ids = {
  /** Button: does what its value does as a word after `/coach`. */
  run: 'menu.run',
} as const;

/** Of each role; the others are in the help. */
const mostButtons = 6;

const headings: Record<Role, string> = {
  rep: 'For yourself',
  manager: 'With your team',
  enablement: 'For enablement',
  admin: 'For admins',
};

/** The likeliest things for somebody's roles, each once and a press away. */
export function menuBlocks(help: readonly Help[], roles: readonly Role[]): KnownBlock[] {
  const groups = groupsFor(help, roles);
  return groups.flatMap(({ role, entries }): KnownBlock[] => [
    ...(groups.length > 1 ? [context(headings[role])] : []),
    { type: 'actions', block_id: `menu_${role}`, elements: entries.map(button) },
  ]);
}

function groupsFor(help: readonly Help[], roles: readonly Role[]): { role: Role; entries: Help[] }[] {
  const left = new Set(help.filter((one) => one.button !== undefined));
  const own = allRoles.filter((role) => roles.includes(role));
  return own
    .map((role) => {
      const fitting = [...left].filter((one) => one.for.length === 0 || one.for.includes(role));
      const entries = fitting.slice(0, mostButtons);
      // One word is one button, whatever it does for whom.
      const words = new Set(entries.map(wordOf));
      for (const one of left) if (words.has(wordOf(one))) left.delete(one);
      return { role, entries };
    })
    .filter(({ entries }) => entries.length > 0);
}

function button(one: Help): Button {
  const word = wordOf(one);
  return {
    type: 'button',
    action_id: `${ids.run}:${word}`,
    text: plain(one.button ?? word),
    value: word,
  };
}

/** Lines in as many blocks as Slack needs for them. */
export function sectionsOf(lines: readonly string[]): KnownBlock[] {
  const most = 3000;
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length + 1 <= most)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text } }));
}
