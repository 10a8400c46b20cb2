import type { ColumnType } from 'kysely';
import type { Calls } from '#domain/slack-limits.ts';

/** What a workspace may still call, in machine time. */
export interface SlackLimitTable {
  workspace_id: string;
  method: string;
  /** Until when Slack asked us not to call it. */
  blocked_until: Date | null;
  reason: string | null;
  /** What was called lately. */
  calls: ColumnType<Calls[], string | undefined, string>;
}
