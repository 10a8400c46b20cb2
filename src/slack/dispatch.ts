import { type App, AuthorizationError } from '@slack/bolt';
import type { AppContext } from '../context.ts';
import { dispatchActions } from './dispatch/actions.ts';
import { dispatchChangedPeople } from './dispatch/changed-people.ts';
import { dispatchCommands } from './dispatch/commands.ts';
import { dispatchEndings, type Workspaces } from './dispatch/endings.ts';
import { dispatchHome } from './dispatch/home.ts';
import { dispatchSubmissions } from './dispatch/submissions.ts';
import { dispatchTypedMessages } from './dispatch/typed-messages.ts';
import type { Feature } from './feature.ts';

/**
 * One listener per kind of request; from the id in it a map leads to the feature's handler. Bolt asks every
 * registered listener in turn, so forty of them would cost four fifths of the throughput.
 */
export function dispatch(
  app: App,
  context: AppContext,
  features: readonly Feature[],
  workspaces: Workspaces,
): void {
  dispatchCommands(app, context, features);
  dispatchActions(app, context, features);
  dispatchSubmissions(app, context, features);
  dispatchTypedMessages(app, context, features);
  dispatchHome(app, context, features);
  dispatchChangedPeople(app, context);
  dispatchEndings(app, workspaces);
  app.error(async (error) => {
    if (error instanceof AuthorizationError) {
      context.log.warn('a request from a workspace that is not installed was refused');
    } else {
      context.log.error({ err: error }, 'a request from Slack failed');
    }
    // An error that ends here would make Bolt acknowledge: to a person that says "saved".
    throw error;
  });
}
