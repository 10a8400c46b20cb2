import type { ColumnType } from 'kysely';
import type { CallType, Followed, Learning, QuestionCounts } from '#domain/observed-call.ts';

/** What an observer wrote down after a rep's call. */
export interface DebriefTable {
  workspace_id: string;
  debrief_id: string;
  rep_id: string;
  observer_id: string;
  plan_id: string | null;
  /** The occurrence of the month of the call; only a live call has one. */
  occurrence_id: string | null;
  held_on: string;
  followed: Followed;
  account: string;
  worked: string;
  moment: string;
  second_strength: string | null;
  focus_area: string | null;
  call_type: CallType | null;
  buyers: string | null;
  minutes: number | null;
  link: string | null;
  learnings: Learning[];
  questions: ColumnType<QuestionCounts | null, string | null, string | null>;
  /** Percent. */
  buyer_talk: number | null;
  pitch_minute: number | null;
  practice_item_id: string | null;
  follow_up_on: string | null;
  private_note: string | null;
  /** Its occurrence had ended before. */
  late: boolean;
  logged_at: Date;
  changed_at: Date | null;
  withdrawn_at: Date | null;
  /** What the rep answered. */
  answer: string | null;
  answered_at: Date | null;
}
