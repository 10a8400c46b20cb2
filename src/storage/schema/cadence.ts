import type { ColumnType } from 'kysely';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Rule } from '#domain/recurrence.ts';

export interface CadenceTable {
  workspace_id: string;
  cadence_id: string;
  kind: DutyKind;
  asked_id: string;
  about_id: string;
  /** Null where dates are told, one by one, instead of following a rule. */
  rule: ColumnType<Rule | null, string | null, string | null>;
  /** What it is about beside the person: a programme, a practice item, a commitment. */
  subject_id: string | null;
  next_period: string | null;
  next_due_at: Date | null;
  /** When the planner makes the next occurrence; null while there is none to come. */
  plan_at: Date | null;
  ended_at: Date | null;
  /** When somebody chose its slot; until then it has the workspace's. */
  slot_set_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** Nothing is planned while it is paused: until this date, or until it is resumed. */
  paused_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  paused_until: ColumnType<string | null, string | null | undefined, string | null>;
}
