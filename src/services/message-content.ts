import type { KnownBlock } from '@slack/web-api';
import type { DeliveryKind } from '#domain/delivery.ts';
import type { Trx } from '#storage/database.ts';

/** A message as Slack takes it. The text makes sense alone: it is what a notification or a screen reader says. */
export interface MessageContent {
  text: string;
  blocks: KnownBlock[];
}

/**
 * What a feature knows of its messages: how one stands now, read in the transaction that decides about it.
 * `nothingLeft` says that posting it would ask for nothing any more. `inWords` is the same for a Slack that refuses
 * its blocks.
 */
export type ComposeMessage = (
  trx: Trx,
  workspaceId: string,
  deliveryId: string,
) => Promise<{ content: MessageContent; nothingLeft: boolean; inWords?: MessageContent }>;

export type MessageComposers = Record<DeliveryKind, ComposeMessage>;
