import { z } from 'zod';
import type { DebriefToWrite } from '#services/open-debrief.ts';
import { fitted, inOneLine } from '../text.ts';
import { accountOf } from './words.ts';

/**
 * What the form carries from opening to saving, in Slack's private_metadata of 3,000 characters. It comes back
 * from outside, so it is read again with suspicion.
 */
export const Carried = z.object({
  repId: z.string(),
  repName: z.string(),
  today: z.iso.date(),
  heldOn: z.iso.date(),
  pillarNames: z.object({ teach: z.string(), tailor: z.string(), takeControl: z.string() }),
  plan: z
    .object({
      id: z.string(),
      account: z.string(),
      chosen: z.boolean(),
      callOn: z.iso.date(),
      /** What the rep would like to be looked for. */
      lookFor: z.string().optional(),
      review: z.object({ worked: z.string(), moment: z.string() }).optional(),
    })
    .optional(),
  debriefId: z.string().optional(),
  more: z.boolean(),
});
export type Carried = z.infer<typeof Carried>;

export function carriedOf(opened: DebriefToWrite): Carried {
  const { repId, repName, today, pillarNames, plan, planChosen, debrief } = opened;
  const planned = plan !== undefined && plan.callOn <= today ? plan.callOn : today;
  return {
    repId,
    repName: fitted(inOneLine(repName), 80),
    today,
    heldOn: debrief?.heldOn ?? planned,
    pillarNames,
    ...(plan === undefined
      ? {}
      : {
          plan: {
            id: plan.id,
            account: accountOf(plan.account, 100),
            chosen: planChosen,
            callOn: plan.callOn,
            ...(plan.lookFor === null ? {} : { lookFor: fitted(inOneLine(plan.lookFor), 200) }),
            ...(plan.review === null
              ? {}
              : {
                  review: {
                    worked: fitted(inOneLine(plan.review.worked), 400),
                    moment: fitted(inOneLine(plan.review.moment), 400),
                  },
                }),
          },
        }),
    ...(debrief === undefined ? {} : { debriefId: debrief.id }),
    // Whoever changes something sees all of it.
    more: debrief !== undefined,
  };
}

export function carriedIn(view: { privateMetadata: string }): Carried {
  return Carried.parse(JSON.parse(view.privateMetadata));
}
