import type { Pillar } from '#domain/pillar.ts';

/** A training: one session, and what it covered. */
export interface ProgrammeTable {
  workspace_id: string;
  programme_id: string;
  name: string;
  session_on: string;
  pillars: Pillar[];
  made_by: string;
  made_at: Date;
  ended_at: Date | null;
}

/** A rep in a programme; check-ins are about it: it is the subject of their occurrences. */
export interface EnrolmentTable {
  workspace_id: string;
  enrolment_id: string;
  programme_id: string;
  rep_id: string;
  /** Of the rep, when they were enrolled. */
  wave: number | null;
  /** Baseline and check-ins are asked; not of the fourth wave. */
  asked: boolean;
  enrolled_by: string;
  enrolled_at: Date;
  withdrawn_at: Date | null;
}

/** What a rep showed at the end of training. */
export interface DayZeroTable {
  workspace_id: string;
  programme_id: string;
  rep_id: string;
  pillar: Pillar;
  shown: boolean;
  recorded_by: string;
  recorded_at: Date;
}
