import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Result } from '#domain/result.ts';
import type { Installed, NotInstalled } from '#services/install-workspace.ts';
import { optionalScopes, scopes } from '#services/register-workspace.ts';
import { errorInLog } from '../../error-in-log.ts';
import { type Page, sendPage } from './page.ts';
import { type InstallStates, stateLasts } from './state.ts';
import {
  deniedPage,
  installedPage,
  leavingPage,
  noCodePage,
  notInstalledPage,
  otherRefusalPage,
  unsavedPage,
  wrongStatePage,
} from './words.ts';

export interface InstallOptions {
  clientId: string;
  slackApiUrl: string;
  states: InstallStates;
  install(code: string): Promise<Result<Installed, NotInstalled>>;
  log: Logger;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The way by which somebody installs the app in their workspace: to Slack, and back from there. */
export function installRequests(options: InstallOptions): { begin: Handle; finish: Handle } {
  return {
    async begin(request, response) {
      const { state, cookie } = options.states.make();
      const to = new URL('../oauth/v2/authorize', options.slackApiUrl);
      to.search = String(
        new URLSearchParams({
          client_id: options.clientId,
          scope: [...scopes, ...optionalScopes].join(','),
          state,
        }),
      );
      const page = { ...leavingPage, links: [{ label: 'Go on to Slack', to: to.href }] };
      sendPage(response, page, {
        location: to.href,
        'set-cookie': setCookie(request, cookie, stateLasts / 1000),
      });
    },
    async finish(request, response) {
      const page = await pageFor(options, request);
      sendPage(response, page, { 'set-cookie': setCookie(request, '', 0) });
    },
  };
}

async function pageFor(options: InstallOptions, request: IncomingMessage): Promise<Page> {
  const query = new URLSearchParams((request.url ?? '').split('?')[1]);
  // Before anything else: what comes from another browser is not even told what Slack says.
  const state = options.states.check(query.get('state') ?? undefined, cookieOf(request));
  if (state !== 'ok') return wrongStatePage(state);
  const error = query.get('error');
  if (error !== null) return error === 'access_denied' ? deniedPage : otherRefusalPage(error);
  const code = query.get('code');
  if (code === null || code === '') return noCodePage;
  try {
    const installed = await options.install(code);
    return installed.ok ? installedPage(installed.value) : notInstalledPage(installed.problem);
  } catch (failure) {
    options.log.error({ err: errorInLog(failure) }, 'an installation was not saved');
    return unsavedPage;
  }
}

const name = 'sideline_install';

/** Slack sends people back by a link, for which `Lax` lets the cookie through. */
function setCookie(request: IncomingMessage, value: string, seconds: number): string {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const isHere = host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
  return `${name}=${value}; Path=/slack; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isHere ? '' : '; Secure'}`;
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
