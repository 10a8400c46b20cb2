import type { ColumnType } from 'kysely';
import type { Pillar } from '#domain/pillar.ts';
import type { CheckInAnswer, CheckInSide } from '#domain/retention.ts';

/** What one side answered at one check-in, one answer for each pillar of the programme. */
export interface CheckInTable {
  workspace_id: string;
  check_in_id: string;
  enrolment_id: string;
  /** Days after training. */
  day: number;
  side: CheckInSide;
  occurrence_id: string;
  answers: ColumnType<Partial<Record<Pillar, CheckInAnswer>>, string, string>;
  example: string | null;
  /** It came when the occurrence was over. */
  late: boolean;
  answered_by: string;
  answered_at: Date;
}
