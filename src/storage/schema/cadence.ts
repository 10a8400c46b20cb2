import type { ColumnType } from 'kysely';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Rule } from '#domain/recurrence.ts';

export interface CadenceTable {
  workspace_id: string;
  cadence_id: string;
  kind: DutyKind;
  asked_id: string;
  about_id: string;
  rule: ColumnType<Rule, string, string>;
  next_period: string | null;
  next_due_at: Date | null;
  /** When the planner makes the next occurrence; null while there is none to come. */
  plan_at: Date | null;
  ended_at: Date | null;
}
