import type { App } from '@slack/bolt';
import { noteStatus } from '#services/note-status.ts';
import { statusOf } from '#services/slack-people.ts';
import type { AppContext } from '../../context.ts';
import { asker } from './asker.ts';

/** Slack tells of every change to anybody's profile; whether they are still there is what matters here. */
export function dispatchChangedPeople(app: App, context: AppContext): void {
  app.event('user_change', async ({ event: { user }, context: bolt, client }) => {
    const { workspaceId } = asker(context, bolt, client, user.id);
    await noteStatus(context, workspaceId, user.id, statusOf(user));
  });
}
