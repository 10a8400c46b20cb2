import type { ColumnType } from 'kysely';

/** How a record stood after each change, whatever kind of record it is. */
export interface RecordRevisionTable {
  workspace_id: string;
  record_kind: string;
  record_id: string;
  revision: number;
  content: ColumnType<unknown, string, string>;
  saved_at: Date;
  saved_by: string;
}
