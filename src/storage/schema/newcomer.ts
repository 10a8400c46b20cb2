/** Somebody who joined Slack and is not in Sideline yet. */
export interface NewcomerTable {
  workspace_id: string;
  user_id: string;
  joined_at: Date;
}
