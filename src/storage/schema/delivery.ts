import type { Generated } from 'kysely';
import type { DeliveryKind, DeliveryState } from '#domain/delivery.ts';

export interface DeliveryTable {
  workspace_id: string;
  delivery_id: string;
  kind: DeliveryKind;
  /** What makes it one and the same message, in words: the same key is never delivered twice. */
  key: string;
  /** The opaque form of the key that stands in the message's metadata, which anyone may read. */
  post_key: string;
  /** A person, or else a channel. */
  receiver_id: string | null;
  target_channel: string | null;
  /** Business time. */
  due_at: Date;
  state: DeliveryState;
  reason: string | null;
  /** Counts the takers; only the latest may post and record. */
  fence: Generated<number>;
  attempts: Generated<number>;
  /** Machine time of the last committed intent to post. */
  intent_at: Date | null;
  /** Machine time before which it is left alone. */
  retry_at: Date | null;
  channel: string | null;
  last_answer: string | null;
  settled_at: Date | null;
  /** The receiver's local date on which it went out, or is going out: what the budget counts. */
  sent_on: string | null;
  /** Slack refused its blocks: it goes out in words. */
  as_text: Generated<boolean>;
}

export interface DeliveryNoteTable {
  workspace_id: string;
  delivery_id: string;
  note_id: string;
}

export interface DeliveryOccurrenceTable {
  workspace_id: string;
  delivery_id: string;
  occurrence_id: string;
}
