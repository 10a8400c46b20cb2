import type { DeliveryKind } from '#domain/delivery.ts';
import type { ComposeMessage } from '#services/message-content.ts';
import type { Trx } from '#storage/database.ts';
import type { DeliveryContext } from './settings.ts';

/** One message that cannot be composed must not stand in the way of the others of its workspace. */
export class CannotCompose extends Error {
  override name = 'CannotCompose';
  readonly deliveryId: string;

  constructor(deliveryId: string, cause: unknown) {
    super(`delivery ${deliveryId} cannot be composed`, { cause });
    this.deliveryId = deliveryId;
  }
}

/** What the message of a delivery says now. A failed statement leaves its transaction unusable: the error goes up. */
export async function compose(
  trx: Trx,
  { composers }: Pick<DeliveryContext, 'composers'>,
  workspaceId: string,
  delivery: { id: string; kind: DeliveryKind },
): ReturnType<ComposeMessage> {
  try {
    return await composers[delivery.kind](trx, workspaceId, delivery.id);
  } catch (cause) {
    throw new CannotCompose(delivery.id, cause);
  }
}
