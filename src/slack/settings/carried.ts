import { z } from 'zod';
import type { Settings } from '#domain/settings.ts';
import { type Group, groupOf, keysOf } from './groups.ts';

const Carried = z.object({
  group: z.string(),
  /** The list below the form, which shows what was saved. */
  listId: z.string(),
  /** That list is the few of setting up. */
  settingUp: z.boolean().default(false),
  /** What held when the form was opened: only what the person changed is saved. */
  was: z.record(z.string(), z.unknown()),
  /** Slack keeps what is typed in a field as long as its id stays, so filling a form anew takes new ids. */
  round: z.int().min(0),
});

export interface Carried extends Omit<z.infer<typeof Carried>, 'group'> {
  group: Group;
}

export function carriedFor(group: Group, listId: string, settings: Settings, settingUp = false): Carried {
  return {
    group,
    listId,
    settingUp,
    was: Object.fromEntries(keysOf(group).map((key) => [key, settings[key]])),
    round: 0,
  };
}

export const written = ({ group, ...rest }: Carried): string => JSON.stringify({ group: group.id, ...rest });

export function carriedIn(view: { privateMetadata: string }): Carried {
  const { group: id, ...rest } = Carried.parse(JSON.parse(view.privateMetadata));
  const group = groupOf(id);
  if (group === undefined) throw new SyntaxError(`a form for settings that are none: ${id}`);
  return { group, ...rest };
}
