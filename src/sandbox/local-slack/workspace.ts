import type { CallLog } from './calls.ts';
import type { Changes } from './changes.ts';
import type { AppOptions, TeamOptions } from './options.ts';
import type { AppLink } from './push/app-link.ts';
import type { RateLimiter } from './rate-limits.ts';
import type { Triggers } from './triggers.ts';
import type { SlackState } from './types.ts';

/** What every part of the local Slack works on. */
export interface Workspace {
  readonly team: TeamOptions;
  readonly app: AppOptions;
  readonly state: SlackState;
  readonly machineNow: () => number;
  readonly businessNow: () => number;
  readonly changes: Changes;
  readonly calls: CallLog;
  readonly triggers: Triggers;
  readonly limiter: RateLimiter;
  readonly link: AppLink;
  readonly eventRetriesMs: number[];
  readonly issueTicket: () => string;
  /** Known once the server listens. */
  url: string;
}
