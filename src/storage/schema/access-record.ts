/** Somebody opened what is kept about somebody else. Never changed. */
export interface AccessRecordTable {
  workspace_id: string;
  record_id: string;
  viewer_id: string;
  person_id: string;
  resource: string;
  /** By which way it was opened: a form, a history, an export. */
  how: string;
  at: Date;
  /** The hour in which it was first opened: once an hour is recorded. */
  hour: Date;
}
