import type { ColumnType } from 'kysely';
import type { Missing, PillarEvidence } from '#domain/certification.ts';
import type { Pillar } from '#domain/pillar.ts';

/** A manager asked for a rep's certificate: it was given, or something was missing. */
export interface CertificationTable {
  workspace_id: string;
  certification_id: string;
  programme_id: string;
  rep_id: string;
  /** Where the manager was. */
  judged_on: string;
  judged_by: string;
  judged_at: Date;
  /** The last day of the certificate; null where there is none. */
  valid_until: string | null;
  /** What stood against it; nothing where it was given. */
  missing: ColumnType<Missing[], string, never>;
  /** What counted, as it was then. */
  evidence: ColumnType<PillarEvidence[], string, never>;
  /** Given by mistake. */
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
}

/** How the manager rated a pillar then, certified or not. */
export interface CertificationRatingTable {
  workspace_id: string;
  certification_id: string;
  pillar: Pillar;
  /** On the scale of the baseline, 2 to 10. */
  score: number;
  /** How the manager knows. */
  known_by: string | null;
}
