import type { DeliveryKind } from '#domain/delivery.ts';
import type { MessageContent } from '#services/message-content.ts';
import type { Trx } from '#storage/database.ts';
import { together } from '#storage/together.ts';
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

interface ToCompose {
  id: string;
  kind: DeliveryKind;
  asText: boolean;
}

/** What the messages of a batch say now, in its order. */
export type ComposeBatch = (
  trx: Trx,
  context: Pick<DeliveryContext, 'composers'>,
  workspaceId: string,
  deliveries: readonly ToCompose[],
) => Promise<Composed[]>;

/**
 * Does what needs a batch composed, in a transaction of its own. The batch is composed at once, so that what its
 * messages read goes to the database together. A statement that fails then fails for all of them, and makes the
 * transaction unusable: it is done again, one message after the other, to learn which cannot be composed.
 */
export async function withComposed<Done>(work: (composeBatch: ComposeBatch) => Promise<Done>): Promise<Done> {
  try {
    return await work(composeAtOnce);
  } catch (error) {
    if (!(error instanceof CannotCompose)) throw error;
    return work(composeInTurn);
  }
}

export const composeAtOnce: ComposeBatch = (trx, context, workspaceId, deliveries) =>
  together(deliveries.map((one) => compose(trx, context, workspaceId, one)));

const composeInTurn: ComposeBatch = async (trx, context, workspaceId, deliveries) => {
  const composed: Composed[] = [];
  for (const one of deliveries) composed.push(await compose(trx, context, workspaceId, one));
  return composed;
};

async function compose(
  trx: Trx,
  { composers }: Pick<DeliveryContext, 'composers'>,
  workspaceId: string,
  delivery: ToCompose,
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
