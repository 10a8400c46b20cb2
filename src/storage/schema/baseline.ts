import type { CheckInSide } from '#domain/retention.ts';

/** The ten answers of one side before training, in the order of the items. */
export interface BaselineTable {
  workspace_id: string;
  baseline_id: string;
  enrolment_id: string;
  side: CheckInSide;
  answers: number[];
  answered_by: string;
  answered_at: Date;
}
