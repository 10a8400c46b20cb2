import type { App } from '@slack/bolt';
import type { AppContext } from '../../context.ts';
import type { Feature } from '../feature.ts';
import { publishHome } from '../home/publish.ts';
import { asker } from './asker.ts';

/** Home is made when somebody looks at it. */
export function dispatchHome(app: App, context: AppContext, features: readonly Feature[]): void {
  app.event('app_home_opened', async ({ event, context: bolt, client }) => {
    if (event.tab !== 'home') return;
    await publishHome(asker(context, bolt, client, event.user), features);
  });
}
