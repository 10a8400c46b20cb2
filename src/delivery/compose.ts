import type { DeliveryKind } from '#domain/delivery.ts';
import type { MessageContent } from '#services/message-content.ts';
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

export interface Composed {
  content: MessageContent;
  nothingLeft: boolean;
  /** There is another form for a Slack that refuses this one. */
  hasOtherForm: boolean;
}

/** What the message of a delivery says now. A failed statement leaves its transaction unusable: the error goes up. */
export async function compose(
  trx: Trx,
  { composers }: Pick<DeliveryContext, 'composers'>,
  workspaceId: string,
  delivery: { id: string; kind: DeliveryKind; asText: boolean },
): Promise<Composed> {
  try {
    const { content, nothingLeft, inWords } = await composers[delivery.kind](trx, workspaceId, delivery.id);
    if (delivery.asText && inWords !== undefined)
      return { content: inWords, nothingLeft, hasOtherForm: false };
    return { content, nothingLeft, hasOtherForm: inWords !== undefined };
  } catch (cause) {
    throw new CannotCompose(delivery.id, cause);
  }
}
