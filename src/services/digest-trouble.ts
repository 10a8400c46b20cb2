import type { DeliveryKind } from '#domain/delivery.ts';
import { channelTrouble } from '#domain/digest.ts';
import type { Trx } from '#storage/database.ts';
import { stopDigest } from '#storage/digest.ts';
import { membersWithRole } from '#storage/members.ts';
import { putOnCard } from './put-on-card.ts';

/**
 * Slack would not take a digest, and never will as things stand: nothing more is tried there, and whoever can
 * choose another channel is told, once, on their card.
 */
export async function noteDigestRefused(
  trx: Trx,
  workspaceId: string,
  refused: { kind: DeliveryKind; channel: string; deliveryId: string; answer: string },
  now: number,
): Promise<void> {
  if (refused.kind !== 'digest' || channelTrouble(refused.answer) === undefined) return;
  if (!(await stopDigest(trx, workspaceId, refused))) return;
  for (const { id } of await membersWithRole(trx, workspaceId, 'enablement')) {
    const note = {
      kind: 'digest_trouble',
      receiverId: id,
      aboutId: id,
      subjectId: refused.deliveryId,
    } as const;
    await putOnCard(trx, workspaceId, note, 'soon', now);
  }
}
