/** A message to somebody who is erased, that still stands in Slack. */
export interface MessageToDeleteTable {
  workspace_id: string;
  /** Tells who it is with; gone once all are done. */
  channel: string;
  ts: string;
  asked_at: Date;
  /** Machine time until which a process is at it, or Slack is left alone. */
  leased_until: Date | null;
  outcome: 'deleted' | 'refused' | null;
}
