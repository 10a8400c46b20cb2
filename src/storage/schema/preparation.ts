export interface PreparationTable {
  workspace_id: string;
  occurrence_id: string;
  rep_id: string;
  answer: string;
  answered_at: Date;
}
