import type { ColumnType } from 'kysely';
import type { ConversationAbout, Gap } from '#domain/one-on-one.ts';

export interface OneOnOneLogTable {
  workspace_id: string;
  log_id: string;
  /** The modal it was written in: the same modal submitted again is the same log. */
  view_id: string;
  occurrence_id: string | null;
  manager_id: string;
  rep_id: string;
  held_on: string;
  about: ConversationAbout;
  /** For the manager alone. */
  private_note: string | null;
  gap: Gap | null;
  minutes: number | null;
  blockers: string | null;
  next_on: string | null;
  insisted: boolean;
  logged_at: Date;
  late: boolean;
  revision: number;
  content_hash: string;
  /** It counts as never written; what it said is kept. */
  withdrawn_at: ColumnType<Date | null, undefined, Date | null>;
}

/** Every version of a log, as it was saved. */
export interface OneOnOneLogRevisionTable {
  workspace_id: string;
  log_id: string;
  revision: number;
  content: ColumnType<unknown, string, never>;
  saved_at: Date;
  saved_by: string;
}
