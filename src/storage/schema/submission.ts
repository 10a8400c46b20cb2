/** A modal that was sent in: the same again is a repetition, something else a correction of the same record. */
export interface SubmissionTable {
  workspace_id: string;
  view_id: string;
  record_id: string;
  content_hash: string;
  saved_at: Date;
}
