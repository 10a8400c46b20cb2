import type { Seen } from '#domain/observed-call.ts';
import type { Pillar } from '#domain/pillar.ts';

/** What was seen of one pillar on one call: one row for each pillar of a debrief that is not withdrawn. */
export interface SightingTable {
  workspace_id: string;
  source: 'debrief';
  /** The debrief's id. */
  source_id: string;
  pillar: Pillar;
  rep_id: string;
  observer_id: string;
  seen: Seen;
  account: string;
  held_on: string;
  /** Followed live; otherwise a recording. Either is seen, and not told. */
  live: boolean;
}
