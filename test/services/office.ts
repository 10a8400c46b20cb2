import { sql } from 'kysely';
import { type TravelClock, travelClock } from '#domain/clock.ts';
import type { Result } from '#domain/result.ts';
import { type LocalSlack, startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import type { UserOptions } from '#sandbox/local-slack/options.ts';
import { type Imported, importPeople } from '#services/import-people.ts';
import type { FileProblem } from '#services/people-file.ts';
import { registerWorkspace } from '#services/register-workspace.ts';
import type { TestDatabase } from '#test/database.ts';
import { slackApp } from '#test/world.ts';
import type { ServiceContext } from '../../src/context.ts';
import { singleWorkspaceApi } from '../../src/web-api.ts';

/** A workspace with people in Slack and an empty database, without the running application. */
export interface Office {
  slack: LocalSlack;
  clock: TravelClock;
  context: ServiceContext;
  /** Workspaces that were woken, in order. */
  woken: string[];
  /** Imports rows below the header of all columns. */
  import(...rows: string[]): Promise<Result<Imported, FileProblem[]>>;
  importText(text: string): Promise<Result<Imported, FileProblem[]>>;
  close(): Promise<void>;
}

export const workspaceId = 'T0WORLD';
export const header = 'slack_user_id,email,role,manager,segment,wave,start_date,country';

export function person(name: string, more: Partial<UserOptions> = {}): UserOptions {
  const handle = name.toLowerCase();
  return {
    id: `U0${name.toUpperCase()}`,
    name: handle,
    realName: name,
    email: `${handle}@example.test`,
    tz: 'Europe/Berlin',
    ...more,
  };
}

export async function openOffice(database: TestDatabase, users: UserOptions[]): Promise<Office> {
  const slack = await startLocalSlack({ team: { id: workspaceId, name: 'Test team' }, app: slackApp, users });
  const clock = travelClock(Date.parse('2026-03-02T14:00:00Z'));
  const woken: string[] = [];
  const context = { clock, database, wake: (id: string) => void woken.push(id) };
  const client = singleWorkspaceApi(slack.apiUrl, slackApp.botToken).client('');
  await sql`truncate workspace cascade`.execute(database.owner);
  await registerWorkspace(context, client);
  const importText = (text: string) => importPeople({ ...context, client }, workspaceId, text);
  return {
    slack,
    clock,
    context,
    woken,
    importText,
    import: (...rows) => importText([header, ...rows].join('\n')),
    close: () => slack.close(),
  };
}
