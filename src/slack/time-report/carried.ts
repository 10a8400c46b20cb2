import { z } from 'zod';

/** What the modal carries while it is open; who reports to the manager would not fit and is looked up anew. */
export const Carried = z.object({
  week: z.iso.date(),
  /** The week whose saved numbers the fields began with. Part of their ids: Slack fills in only a field that is new. */
  saved: z.iso.date().optional(),
  more: z.boolean(),
  /** For how many reps minutes are asked. */
  reps: z.int().min(0).max(100),
});
export type Carried = z.infer<typeof Carried>;

export function carriedIn(view: { privateMetadata: string }): Carried {
  return Carried.parse(JSON.parse(view.privateMetadata));
}
