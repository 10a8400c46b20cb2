import { LogLevel, WebClient } from '@slack/web-api';

/** How Slack's Web API is reached for a workspace. */
export interface WebApi {
  url: string;
  /** For everything but posting: reading, opening, editing, modals. It never retries by itself. */
  client(workspaceId: string): WebClient;
  token(workspaceId: string): Promise<string>;
  /** Told where a call was refused that was not made by such a client: of the token it may be the end. */
  refused(workspaceId: string, token: string, answer: string): Promise<void>;
}

/**
 * retryConfig is set wherever a client is made: the library's default repeats a lost answer for half an hour,
 * which for a post means the same message several times.
 */
export const clientOptions = (url: string) => ({
  slackApiUrl: url,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
  logLevel: LogLevel.ERROR,
});

/** One workspace, known by its bot token. */
export function singleWorkspaceApi(url: string, botToken: string): WebApi {
  const client = new WebClient(botToken, clientOptions(url));
  return { url, client: () => client, token: async () => botToken, refused: async () => {} };
}
