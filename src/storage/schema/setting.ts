import type { ColumnType, Generated } from 'kysely';

/** Every value a workspace ever set, never changed; the newest of a key is the one that holds. */
export interface SettingTable {
  workspace_id: string;
  /** Orders them: two may be set at the same business time. */
  setting_id: Generated<string>;
  key: string;
  value: ColumnType<unknown, string, never>;
  set_at: Date;
  set_by: string;
  /** The form it was set in, so that the same form sent again is known. */
  view_id: string;
}
