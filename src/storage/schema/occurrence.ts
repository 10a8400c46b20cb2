import type { DutyKind, OccurrenceState } from '#domain/occurrence.ts';

export interface OccurrenceTable {
  workspace_id: string;
  occurrence_id: string;
  cadence_id: string;
  period: string;
  kind: DutyKind;
  asked_id: string;
  about_id: string;
  due_at: Date;
  closes_at: Date;
  state: OccurrenceState;
  /** When somebody was first really asked; an occurrence never asked is excused, not expired. */
  asked_at: Date | null;
  settled_at: Date | null;
  reason: string | null;
  /** That of its cadence. */
  subject_id: string | null;
  /** When its messages are to be planned; null once they are. */
  ask_at: Date | null;
  snoozed_until: Date | null;
  /** Who is asked instead, while the person asked is away. */
  stand_in_id: string | null;
}
