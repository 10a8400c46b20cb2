import type { Generated } from 'kysely';

export interface WorkspaceTable {
  workspace_id: string;
  team_id: string;
  enterprise_id: string | null;
  name: string;
  bot_user_id: string;
  installed_at: Date;
  /** Nothing is sent before somebody presses start. */
  started_at: Date | null;
  paused_at: Date | null;
  /** Started for a pilot group, not for all. */
  pilot: Generated<boolean>;
  /** The version of the time-zone data by which what is planned was calculated. */
  zone_data: Generated<string | null>;
  /** When Slack last gave or confirmed the token, in machine time. */
  connected_at: Generated<Date | null>;
  /** Who installed it last, where Slack said so. */
  installed_by: Generated<string | null>;
  /** The app was removed, or Slack takes the token no more: nothing is done for it any longer. */
  ended_at: Generated<Date | null>;
  ended_reason: Generated<string | null>;
  delete_after: Generated<Date | null>;
}
