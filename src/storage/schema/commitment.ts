import type { CommitmentState, Evidence, Outcome } from '#domain/one-on-one.ts';

export interface CommitmentTable {
  workspace_id: string;
  commitment_id: string;
  log_id: string;
  manager_id: string;
  rep_id: string;
  text: string;
  by_date: string;
  state: CommitmentState;
  outcome: Outcome | null;
  evidence: Evidence | null;
  /** Where it was tried. */
  account: string | null;
  focus: string | null;
  outcome_log_id: string | null;
  made_at: Date;
  closed_at: Date | null;
}
