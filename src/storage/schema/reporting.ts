import type { Generated } from 'kysely';

/** Who reported to whom, from when to when; at most one row of a rep is open. */
export interface ReportingTable {
  workspace_id: string;
  rep_id: string;
  manager_id: string;
  since: Date;
  until: Date | null;
  /** `left`: one of the two left Slack; it begins again when they come back. */
  ended_because: Generated<'left' | null>;
}
