import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import type { Database } from '#storage/database.ts';
import type { WebApi } from './web-api.ts';

/** What the parts of the running product share. Made once in main; a test overrides what it wants to see. */
export interface AppContext {
  clock: Clock;
  database: Database;
  log: Logger;
  slack: WebApi;
  /** Says that a workspace has something to send. Only a hint: every tick repeats it. */
  wake(workspaceId: string): void;
}

/** What a service needs. */
export type ServiceContext = Pick<AppContext, 'clock' | 'database' | 'wake'>;
