import type { IncomingMessage, ServerResponse } from 'node:http';
import { App, type AuthorizeResult, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { AppContext } from '../context.ts';
import { errorInLog } from '../error-in-log.ts';
import { clientOptions } from '../web-api.ts';
import type { Workspaces } from './dispatch/endings.ts';
import { dispatch } from './dispatch.ts';
import { refuseEnded } from './ended-workspace.ts';
import type { Feature } from './feature.ts';
import { boltLogger } from './logger.ts';
import { type Pace, usualPace } from './pace.ts';
import { refuseTooOften } from './too-often.ts';

export interface SlackAppOptions {
  context: AppContext;
  features: readonly Feature[];
  workspaces: Workspaces;
  socket: { appToken: string } | undefined;
  pace: Pace | undefined;
}

export interface SlackApp {
  /** Takes a request over HTTP whose signature has been verified and whose body has been read. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The same listeners over HTTP and over Socket Mode. */
export async function createSlackApp(options: SlackAppOptions): Promise<SlackApp> {
  const { socket } = options;
  // Submissions carry what people wrote, and an error that one of them causes may quote it.
  const log = options.context.log.child({ part: 'slack' }, { serializers: { err: errorInLog } });
  const context = { ...options.context, log };
  const logger = boltLogger(options.context.log);
  const http = new HTTPReceiver({ signingSecret: '', signatureVerification: false, logger });
  const receiver =
    socket === undefined
      ? http
      : new SocketModeReceiver({
          appToken: socket.appToken,
          logger,
          // An object of its own: in Socket Mode Bolt changes the retries of what it is given.
          installerOptions: { clientOptions: clientOptions(context.slack.url) },
        });
  const app = new App({
    receiver,
    logger,
    logLevel: LogLevel.WARN,
    clientOptions: clientOptions(context.slack.url),
    deferInitialization: true,
    // Nothing is kept in conversations; to find that out anew costs an error with its stack for every request.
    convoStore: false,
    authorize: async ({ teamId, enterpriseId, isEnterpriseInstall }): Promise<AuthorizeResult> => {
      const origin = { teamId, enterpriseId, isEnterpriseInstall };
      const known = await options.workspaces.find(origin);
      if (known === undefined) throw new Error('a request from a workspace that is not installed');
      return { ...known };
    },
  });
  await app.init();
  const underway = new Set<Promise<void>>();
  app.use(async ({ next }) => {
    const handled = next();
    underway.add(handled);
    await handled.finally(() => underway.delete(handled));
  });
  refuseEnded(app);
  refuseTooOften(app, context, options.pace ?? usualPace);
  dispatch(app, context, options.features, options.workspaces);
  return {
    handle: (request, response) => http.requestListener(request, response),
    async start() {
      if (socket !== undefined) await app.start();
    },
    async stop() {
      if (socket !== undefined) await app.stop();
      // What follows an acknowledgement still needs the database, which is closed after this.
      await Promise.allSettled(underway);
    },
  };
}
