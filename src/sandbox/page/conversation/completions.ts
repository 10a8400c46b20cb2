import type { Place } from '../data/place.ts';
import type { Choice } from '../elements/read.ts';

export interface Completion extends Choice {
  /** What stands in the text afterwards. */
  insert: string;
}

export interface Completions {
  title: string;
  /** From where the text is replaced, up to the caret. */
  from: number;
  choices: Completion[];
}

const most = 30;

/** What can be typed next: a command, one of its words, or a person. */
export function completionsFor(
  text: string,
  caret: number,
  place: Place,
  inThread: boolean,
): Completions | undefined {
  const before = text.slice(0, caret);
  return mention(before, place) ?? (inThread ? undefined : command(before, place));
}

function mention(before: string, { world }: Place): Completions | undefined {
  const found = /(?:^|\s)@([\p{L}\p{M}' .-]{0,40})$/u.exec(before);
  const typed = found?.[1];
  if (typed === undefined) return undefined;
  const wanted = plain(typed);
  const choices = world.directory
    .filter((one) => !one.deleted && !one.isBot)
    .filter(
      (one) =>
        plain(one.name)
          .split(' ')
          .some((word) => word.startsWith(wanted)) || plain(one.name).startsWith(wanted),
    )
    .slice(0, most)
    .map((one) => ({ id: one.id, text: one.name, description: '', person: true, insert: `@${one.name} ` }));
  if (choices.length === 0) return undefined;
  return { title: 'People', from: before.length - typed.length - 1, choices };
}

function command(before: string, { desk }: Place): Completions | undefined {
  if (!/^\/[^\n]*$/.test(before)) return undefined;
  const commands = desk.commands.map((one) => ({
    id: one.command,
    text: `${one.command} ${one.usageHint}`.trim(),
    description: one.description,
    insert: `${one.command} `,
  }));
  const usages = desk.usages.map((one) => ({
    id: one.usage,
    text: one.usage,
    description: one.does,
    insert: insertOf(one.usage),
  }));
  const isWhole = desk.commands.some((one) => before.startsWith(`${one.command} `));
  const offered = isWhole ? usages : [...commands, ...usages];
  const choices = offered
    .filter((one) => one.insert.trim().startsWith(before.trim()) && one.insert !== before)
    .slice(0, most);
  return choices.length === 0 ? undefined : { title: 'Commands', from: 0, choices };
}

/** "/coach log @name" is typed up to the name, which is completed in its turn. */
function insertOf(usage: string): string {
  const fixed = usage.replace(/\s*[[<].*$/, '').replace(/@.*$/, '@');
  return fixed.endsWith('@') ? fixed : `${fixed} `;
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();
}
