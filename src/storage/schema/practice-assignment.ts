import type { Pillar } from '#domain/pillar.ts';

export interface PracticeAssignmentTable {
  workspace_id: string;
  assignment_id: string;
  rep_id: string;
  pillar: Pillar | null;
  /** In the bank; null for what a manager wrote. The words are kept here as they were assigned. */
  item_id: string | null;
  title: string;
  situation: string | null;
  task: string;
  /** What the rep is asked afterwards. */
  question: string | null;
  /** From the manager, for the rep. */
  why: string | null;
  assigned_by: string;
  assigned_at: Date;
  first_due_on: string;
  /** When the schedule retired it. */
  mastered_at: Date | null;
  /** Ended by hand. */
  ended_at: Date | null;
  ended_by: string | null;
  ended_as: 'retired' | 'withdrawn' | null;
  /** What was correct before counts no more towards mastering it. */
  brought_back_at: Date | null;
  /** When to look whether it was answered, and to plan the next time if not. */
  follow_up_at: Date | null;
}
