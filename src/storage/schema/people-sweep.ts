/** When everybody is next looked up in Slack, in business time, and how far that has come. */
export interface PeopleSweepTable {
  workspace_id: string;
  due_at: Date;
  /** Slack's, of the page to read next. */
  cursor: string | null;
  /** In machine time: whoever holds it reads the next page. */
  leased_until: Date | null;
  finished_at: Date | null;
}
