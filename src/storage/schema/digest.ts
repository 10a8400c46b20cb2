/** Where the weekly digest goes; a row once somebody has chosen. */
export interface DigestTable {
  workspace_id: string;
  /** None: nothing is posted. */
  channel: string | null;
  zone: string;
  /** When the next one is made; null while there is none to come. */
  next_due_at: Date | null;
  /** What Slack said to the last one, where it will take none in this channel any more. */
  trouble: string | null;
  trouble_delivery_id: string | null;
  set_by: string;
  set_at: Date;
}
