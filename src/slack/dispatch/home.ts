import type { App } from '@slack/bolt';
import { noteHomeOpened } from '#services/home-lookers.ts';
import type { AppContext } from '../../context.ts';
import type { Feature } from '../feature.ts';
import { publishHome } from '../home/publish.ts';
import { asker } from './asker.ts';

/** Home is made when somebody looks at it. */
export function dispatchHome(app: App, context: AppContext, features: readonly Feature[]): void {
  app.event('app_home_opened', async ({ event, context: bolt }) => {
    if (event.tab !== 'home') return;
    const request = asker(context, bolt, event.user);
    await noteHomeOpened(context, request.workspaceId, request.userId);
    await publishHome(request, features);
  });
}
