import type { Generated } from 'kysely';
import type { AbsenceSource } from '#domain/absence.ts';

export interface AbsenceTable {
  workspace_id: string;
  absence_id: string;
  member_id: string;
  first_day: string;
  last_day: string;
  stand_in_id: string | null;
  source: Generated<AbsenceSource>;
  set_by: string;
  set_at: Date;
  withdrawn_at: Date | null;
}
