import type { ExplainedDelivery } from '#storage/explanations.ts';
import { findDeliveryOfMessage } from '#storage/explanations.ts';
import type { ServiceContext } from '../context.ts';

export type { ExplainedDelivery, ExplainedOccurrence } from '#storage/explanations.ts';

/** Everything the ledger knows of one message in Slack; undefined for a message that is none of its own. */
export async function explainMessage(
  context: ServiceContext,
  workspaceId: string,
  message: { channel: string; ts: string },
): Promise<ExplainedDelivery | undefined> {
  return context.database.inWorkspace(workspaceId, (trx) => findDeliveryOfMessage(trx, workspaceId, message));
}
