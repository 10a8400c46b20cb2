/** Until when (machine time) Slack asked us not to call a method. */
export interface SlackLimitTable {
  workspace_id: string;
  method: string;
  blocked_until: Date;
  reason: string;
}
