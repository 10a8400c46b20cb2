import type { App } from '@slack/bolt';
import { followPeople } from '#services/follow-people.ts';
import { noteJoined } from '#services/note-joined.ts';
import { asSlackPerson } from '#services/slack-people.ts';
import type { SlackUser } from '#services/slack-users.ts';
import { homeOf } from '#storage/workspace-home.ts';
import type { AppContext } from '../../context.ts';
import { asker } from './asker.ts';

/**
 * Slack tells of every change to anybody's profile: name, address, zone, status, and whether they are still there. Told
 * twice it changes nothing; what was never told is noticed in the daily sweep.
 */
export function dispatchChangedPeople(app: App, context: AppContext): void {
  const personIn = async (workspaceId: string, user: SlackUser) =>
    asSlackPerson(user, await context.database.inWorkspace(workspaceId, (trx) => homeOf(trx, workspaceId)));

  app.event('user_change', async ({ event: { user }, context: bolt }) => {
    const { workspaceId } = asker(context, bolt, user.id);
    const person = await personIn(workspaceId, user as SlackUser);
    if (person !== undefined) await followPeople(context, workspaceId, [person]);
  });

  app.event('team_join', async ({ event: { user }, context: bolt }) => {
    const { workspaceId } = asker(context, bolt, user.id);
    const person = await personIn(workspaceId, user as SlackUser);
    if (person !== undefined) await noteJoined(context, workspaceId, person);
  });
}
