import { type WebAPICallResult, WebClient } from '@slack/web-api';
import type { BotTokens } from '#services/bot-tokens.ts';
import { slackErrorOf } from '#services/slack-error.ts';
import { RecentlyUsed } from './recently-used.ts';
import { clientOptions, type WebApi } from './web-api.ts';

/** Each has a queue and all of Slack's methods bound to it: not one for every workspace there is. */
const mostClients = 500;

/** Any number of workspaces, each with the token that its installation brought. */
export function installedApi(url: string, tokens: BotTokens): WebApi {
  const clients = new RecentlyUsed<WebClient>(mostClients);
  return {
    url,
    client(workspaceId) {
      const client = clients.get(workspaceId) ?? new InstalledClient(url, workspaceId, tokens);
      clients.set(workspaceId, client);
      return client;
    },
    token: (workspaceId) => tokens.of(workspaceId),
    async refused(workspaceId, token, answer) {
      await tokens.refused(workspaceId, token, answer);
    },
  };
}

/** Tokens are renewed and taken away while a client is held: it looks for the present one at each call. */
class InstalledClient extends WebClient {
  readonly #workspaceId: string;
  readonly #tokens: BotTokens;

  constructor(url: string, workspaceId: string, tokens: BotTokens) {
    super(undefined, clientOptions(url));
    this.#workspaceId = workspaceId;
    this.#tokens = tokens;
  }

  override async apiCall(method: string, options: Record<string, unknown> = {}): Promise<WebAPICallResult> {
    const token = await this.#tokens.of(this.#workspaceId);
    try {
      return await super.apiCall(method, { ...options, token });
    } catch (error) {
      const answer = slackErrorOf(error);
      // A refusal is certain: nothing was done, so the call can be made once more.
      if (answer === undefined || !(await this.#tokens.refused(this.#workspaceId, token, answer)))
        throw error;
      return super.apiCall(method, { ...options, token: await this.#tokens.of(this.#workspaceId) });
    }
  }
}
