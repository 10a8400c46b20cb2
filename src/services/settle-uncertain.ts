import { defaultQuarantine } from '#domain/delivery.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { markAsked } from '#storage/occurrences.ts';
import {
  listUncertain,
  lockDeliveryState,
  settleByHand,
  type UncertainDelivery,
} from '#storage/settle-by-hand.ts';
import type { ServiceContext } from '../context.ts';

export type { UncertainDelivery };

export async function findUncertain(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
): Promise<UncertainDelivery[]> {
  return context.database.inWorkspace(workspaceId, (trx) => listUncertain(trx, workspaceId));
}

/** What an operator saw in Slack. */
export const verdicts = ['delivered', 'not-sent'] as const;
export type Verdict = (typeof verdicts)[number];

export type SettleProblem =
  | { kind: 'unknown' }
  | { kind: 'not_uncertain'; state: string }
  /** Slack may still show it: what is not there yet may be there in a moment, and sent again it would stand twice. */
  | { kind: 'too_early'; from: Date };

/**
 * Where Slack will not show whether a message is there, somebody looks and says so. Delivered counts as asked,
 * like any other; not sent makes it pending again, and it goes out with the next drain if it is still wanted.
 */
export async function settleUncertain(
  context: ServiceContext,
  workspaceId: string,
  deliveryId: string,
  verdict: Verdict,
): Promise<Result<undefined, SettleProblem>> {
  const now = new Date(context.clock.now());
  const settled = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<undefined, SettleProblem>> => {
      const found = await lockDeliveryState(trx, workspaceId, deliveryId);
      if (found === undefined) return refused({ kind: 'unknown' });
      const { state, since } = found;
      if (state !== 'uncertain') return refused({ kind: 'not_uncertain', state });
      const from = new Date((since?.getTime() ?? 0) + defaultQuarantine);
      if (verdict === 'not-sent' && context.clock.machineNow() < from.getTime()) {
        return refused({ kind: 'too_early', from });
      }
      if (verdict === 'delivered') {
        await settleByHand(trx, workspaceId, deliveryId, { to: 'delivered', settledAt: now });
        await markAsked(trx, workspaceId, [deliveryId], now);
      } else {
        await settleByHand(trx, workspaceId, deliveryId, { to: 'pending' });
      }
      return done(undefined);
    },
  );
  if (settled.ok) context.wake(workspaceId);
  return settled;
}
