import type { Generated } from 'kysely';

/** A message that stands in Slack. */
export interface MessageTable {
  workspace_id: string;
  message_id: string;
  delivery_id: string;
  channel: string;
  ts: string;
  content_hash: string;
  posted_at: Date;
}

/** That a message no longer shows how things are. One row a message: the last change wins. */
export interface EditTable {
  workspace_id: string;
  message_id: string;
  version: number;
  state: 'pending' | 'done' | 'failed';
  response_url: string | null;
  /** Machine time until which Slack takes the response_url. */
  response_url_until: Date | null;
  attempts: Generated<number>;
  retry_at: Date | null;
  last_answer: string | null;
}
