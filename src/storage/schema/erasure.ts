/** Somebody asked for their record to be erased; open until it is called off or done. */
export interface ErasureRequestTable {
  workspace_id: string;
  request_id: string;
  /** A name that is nobody's once it is done. */
  person_id: string;
  asked_at: Date;
  called_off_at: Date | null;
  erased_at: Date | null;
}

/** Who was erased, as a salted hash of their Slack id. */
export interface ErasedPersonTable {
  workspace_id: string;
  salt: string;
  id_hash: string;
  erased_at: Date;
}
