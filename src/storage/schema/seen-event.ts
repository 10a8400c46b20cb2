/** Slack repeats events it thinks were lost; each id is acted on once. */
export interface SeenEventTable {
  workspace_id: string;
  event_id: string;
  seen_at: Date;
}
