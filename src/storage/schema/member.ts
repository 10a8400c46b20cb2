import type { Generated } from 'kysely';
import type { MemberStatus, Role, Segment } from '#domain/people.ts';

export interface MemberTable {
  workspace_id: string;
  user_id: string;
  name: string;
  email: string | null;
  time_zone: string;
  roles: Role[];
  segment: Segment | null;
  wave: number | null;
  start_date: string | null;
  country: string | null;
  working_days: Generated<number[]>;
  work_starts: Generated<string>;
  work_ends: Generated<string>;
  /** The D-id of the conversation with the app, kept from the first conversations.open. */
  dm_channel: string | null;
  status: MemberStatus;
  /** Takes part while the workspace has started for a pilot group only. */
  in_pilot: Generated<boolean>;
  /** A guest of this workspace, whom a setting may admit; somebody of another organisation is not one of these. */
  is_guest: Generated<boolean>;
  /** What Slack's status said when it was last read, where it means being away. */
  away_status: Generated<string | null>;
  /** Of machine time, as far as it is noted: not anew within the hour. */
  home_opened_at: Generated<Date | null>;
  updated_at: Date;
}
