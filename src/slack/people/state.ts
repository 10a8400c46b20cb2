import { z } from 'zod';
import { roles, segments } from '#domain/people.ts';
import type { PageEnd, PeopleFilter } from '#services/search-people.ts';

/** Who is shown; one of the two menus. */
export const whoShown = [
  'all',
  ...roles,
  'no_manager',
  'manager_left',
  'others',
  /** In Slack, and not in Sideline. */
  'new',
] as const;
export type WhoShown = (typeof whoShown)[number];

export const waves = ['1', '2', '3', '4'] as const;

const PageEndCarried = z.object({ name: z.string(), id: z.string() });

/** Where somebody is in the list: carried by it, and by what opens on top of it, to come back to. */
export const ListState = z.object({
  text: z.string().default(''),
  who: z.enum(whoShown).default('all'),
  segment: z.enum([...segments, 'none']).optional(),
  wave: z.enum([...waves, 'none']).optional(),
  after: PageEndCarried.optional(),
  before: PageEndCarried.optional(),
  /** Several are being chosen: those of other pages, and who is on this one. */
  choosing: z.boolean().default(false),
  chosen: z.array(z.string()).default([]),
  shown: z.array(z.string()).default([]),
  /** Fields that are filled anew take new ids: Slack keeps what stands in one as long as its id stays. */
  round: z.int().min(0).default(0),
});
export type ListState = z.infer<typeof ListState>;

export const firstPage: ListState = ListState.parse({});

/** private_metadata holds 3,000 characters, and every one of them is twelve. */
export const mostChosen = 100;
export const longestText = 60;
/** A tick box group holds ten. */
export const pageLength = 10;

const nameCarried = 80;

/** A name that is cut comes before itself: on the next page one person is shown again, and nobody is left out. */
export const carriedEnd = ({ name, id }: PageEnd): PageEnd => ({ name: name.slice(0, nameCarried), id });

/** The list a modal on top of it belongs to. */
export const Below = z.object({ listId: z.string(), list: ListState });
export type Below = z.infer<typeof Below>;

export function filterOf({ text, who, segment, wave }: ListState): PeopleFilter {
  return {
    text,
    ...(who === 'no_manager' ? { withoutManager: true } : {}),
    ...(who === 'manager_left' ? { managerLeft: true } : {}),
    ...(who === 'others' ? { status: 'others' as const } : {}),
    ...(roles.some((role) => role === who) ? { role: roles.find((role) => role === who) } : {}),
    segment,
    wave: wave === undefined || wave === 'none' ? wave : Number(wave),
  };
}
