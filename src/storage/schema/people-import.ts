import type { ColumnType } from 'kysely';

/** An import that was shown to somebody, and what became of it. */
export interface PeopleImportTable {
  workspace_id: string;
  import_id: string;
  made_by: string;
  source: 'file' | 'group';
  state: 'planned' | 'applied';
  /** Gone once it is applied: it names people. */
  wanted: ColumnType<unknown, string, string | null>;
  /** Of the changes that were shown. */
  digest: string;
  made_at: Date;
  applied_at: Date | null;
  result: ColumnType<unknown, string | null, string>;
}
