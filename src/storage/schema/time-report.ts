import type { TimeUnit } from '#domain/manager-time.ts';

/** How one week of a manager went, as last corrected. */
export interface TimeReportTable {
  workspace_id: string;
  report_id: string;
  manager_id: string;
  /** Its Monday. */
  week: string;
  occurrence_id: string | null;
  unit: TimeUnit;
  innovating: number;
  coaching: number;
  selling: number;
  allocation: number;
  everything_else: number;
  note: string | null;
  reported_at: Date;
  /** Last corrected. */
  saved_at: Date;
  /** Reported after its occurrence had expired. */
  late: boolean;
}

export interface TimeReportRepTable {
  workspace_id: string;
  report_id: string;
  rep_id: string;
  minutes: number;
}
