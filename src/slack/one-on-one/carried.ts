import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { OneOnOneToChange } from '#services/change-one-on-one.ts';
import type { OneOnOneToLog } from '#services/open-one-on-one.ts';
import { fitted, inOneLine } from '../text.ts';

/**
 * What the modal carries from opening to saving, in Slack's private_metadata of 3,000 characters. It comes
 * back from outside, so it is read again with suspicion.
 */
export const Carried = z.object({
  repId: z.string(),
  repName: z.string(),
  occurrenceId: z.string().optional(),
  /** The log that is changed. */
  logId: z.string().optional(),
  commitment: z.object({ id: z.string(), text: z.string(), by: z.string() }).optional(),
  habit: z.object({ times: z.number(), accounts: z.number() }).optional(),
  pillarNames: z.object({ teach: z.string(), tailor: z.string(), takeControl: z.string() }),
  today: z.iso.date(),
  by: z.iso.date(),
  /** What the rep wrote before. */
  preparation: z.string().optional(),
  more: z.boolean(),
  /** Stands for the text that was doubted once; saved again unchanged, it is meant. */
  doubted: z.string().optional(),
  /** The same for a text that was meant when the log was saved before. */
  meant: z.string().optional(),
});
export type Carried = z.infer<typeof Carried>;

export function carriedOf(opened: OneOnOneToLog): Carried {
  const { repId, repName, occurrenceId, preparation, commitment, habit, pillarNames, today, by } = opened;
  return {
    repId,
    repName: fitted(inOneLine(repName), 80),
    ...(occurrenceId === undefined ? {} : { occurrenceId }),
    ...(commitment === undefined
      ? {}
      : {
          commitment: { id: commitment.id, text: fitted(inOneLine(commitment.text), 400), by: commitment.by },
        }),
    ...(habit === undefined ? {} : { habit }),
    ...(preparation === undefined ? {} : { preparation: fitted(inOneLine(preparation), 500) }),
    pillarNames,
    today,
    by,
    more: false,
  };
}

/** A log that is changed is shown with everything it says. */
export function carriedToChange(opened: OneOnOneToChange): Carried {
  const { saved, logId } = opened;
  return {
    ...carriedOf(opened),
    logId,
    more: true,
    ...(saved.insisted ? { meant: markOf(saved.takeaway) } : {}),
  };
}

export function carriedIn(view: { privateMetadata: string }): Carried {
  return Carried.parse(JSON.parse(view.privateMetadata));
}

/** The text itself would not fit beside the rest: Slack may count 600 emoji as 600, and JSON writes them longer. */
export function markOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
