import type { ColumnType, Generated } from 'kysely';

/** Something that was done to settings, people, rights or data. Never changed. */
export interface AuditEntryTable {
  workspace_id: string;
  /** Orders them: two may be of one business time. */
  entry_id: Generated<string>;
  /** A member, or `operator`, `slack` or `sideline`. */
  actor_id: string;
  what: string;
  about_id: string | null;
  detail: ColumnType<Record<string, unknown>, string, never>;
  at: Date;
}
