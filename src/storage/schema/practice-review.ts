import type { Reflection, Verification } from '#domain/practice/rating.ts';

/** A rep's look back at one time of practising, and what the manager saw of it. */
export interface PracticeReviewTable {
  workspace_id: string;
  review_id: string;
  assignment_id: string;
  occurrence_id: string;
  rep_id: string;
  /** The rep's local date. */
  reflected_on: string;
  reflected_at: Date;
  reflection: Reflection;
  account: string | null;
  sentence: string;
  obstacle: string | null;
  /** Written after the occurrence had ended. */
  late: boolean;
  /** Null with a date beside it: the manager has not watched. */
  verification: Verification | null;
  verified_by: string | null;
  verified_at: Date | null;
  note_to_rep: string | null;
}
