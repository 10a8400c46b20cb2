/*
 * `emulate` 0.12.2 is somebody else's idea of Slack, and therefore worth asking. Tried with the real client, it
 * differs from Slack in this:
 *
 * Mended here, because delivery relies on it:
 * - users have no `tz` and `tz_offset`;
 * - `conversations.history` and `.replies` ignore `oldest`, `latest` and `inclusive`; `.replies` has no pages;
 * - the payload of metadata is shown without `include_all_metadata` (Slack then shows the event type alone);
 * - no `x-oauth-scopes` header, from which a client reads what its token may do;
 * - every token is refused with status 403 from its 5,000th call in an hour on: calls take turns with several
 *   tokens of the same bot.
 *
 * Left as it is:
 * - an unknown token is taken for the administrator's, without scopes: `auth.test` accepts it, most methods answer
 *   `missing_scope` and not `invalid_auth`;
 * - a ts is the second plus a counter of the whole process, not the microsecond: within one second it cannot
 *   be compared with a clock, so an `oldest` of "just now" hides what was posted after it;
 * - GET is not served (404) where Slack takes both; an unknown method answers 404, not `unknown_method`;
 * - any object passes as metadata, without `event_type` and `event_payload` too; any block passes;
 * - a posted message has neither `bot_id` nor `app_id` nor `team`; `chat.postMessage` to a user id opens the DM;
 * - `conversations.open` of the bot's own DM answers `users_list_not_supplied`;
 * - `conversations.replies` of a thread that does not exist is empty, not `thread_not_found`;
 * - the workspace is always T000000001 and has an administrator U000000001; ids of users are drawn at random;
 * - no rate limits (the faulty proxy has them), Socket Mode, slash commands, interactivity.
 */
import { WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';
import { mendHistory } from './emulated/mend-history.ts';
import { checkedZone, mendPeople, usualZone } from './emulated/mend-people.ts';
import { type Call, withToken } from './proxy/call.ts';
import { type Client, startProxyServer } from './proxy/server.ts';
import { type Answer, connectUpstream } from './proxy/upstream.ts';

interface EmulatedPerson {
  /** The handle; by it a test finds the id. */
  readonly name: string;
  readonly realName?: string;
  readonly email?: string;
  /** UTC where not given. */
  readonly tz?: string;
}

export interface EmulatorOptions {
  readonly users: readonly EmulatedPerson[];
  readonly botToken?: string;
  readonly scopes?: readonly string[];
}

export interface Emulator {
  readonly url: string;
  readonly apiUrl: string;
  /** The emulator itself, not mended. */
  readonly bareUrl: string;
  readonly botToken: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly appId: string;
  readonly teamId: string;
  userId(name: string): string;
  setTimeZone(name: string, tz: string): void;
  close(): Promise<void>;
}

const usualScopes = 'commands chat:write im:write im:history users:read users:read.email'.split(' ');
const bot = { botUserId: 'U0SIDELINE', botId: 'B0SIDELINE', appId: 'A0SIDELINE' };
const teamId = 'T000000001';
// Enough for two million calls an hour.
const spareTokens = 400;
// The ids must be found whatever the bot itself may read.
const lookupToken = 'xoxb-lookup';

export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { users, botToken = 'xoxb-emulated', scopes = usualScopes } = options;
  const zoneByName = new Map(users.map(({ name, tz = usualZone }) => [name, checkedZone(tz)]));
  if (zoneByName.size < users.length) throw new RangeError('Two users have the same name.');

  const tokens = Array.from({ length: spareTokens }, (_, number) => `${botToken}-${number}`);
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: seed(users, tokens, scopes) });
  const bareUrl = emulator.url.replace('localhost', '127.0.0.1');
  const upstream = connectUpstream(bareUrl);
  const ids = await idsByName(bareUrl);
  const zones = new Map([...zoneByName].map(([name, tz]) => [idOf(ids, name), tz]));

  let calls = 0;
  const ask = (call: Call): Promise<Answer> => {
    const token = tokens[calls++ % tokens.length];
    return upstream.forward(call.token === botToken && token ? withToken(call, token) : call);
  };
  const mended = async (call: Call): Promise<Answer> => {
    if (/^conversations\.(history|replies)$/.test(call.method)) return mendHistory(call, ask);
    const answer = await ask(call);
    return /^users\.(info|list|lookupByEmail)$/.test(call.method) ? mendPeople(answer, zones) : answer;
  };
  const handle = async (call: Call, client: Client): Promise<void> => {
    const answer = await mended(call);
    const granted = call.token === botToken && { 'x-oauth-scopes': scopes.join(',') };
    client.answer({ ...answer, headers: { ...answer.headers, ...granted } });
  };
  const server = await startProxyServer(handle);

  return {
    url: server.url,
    apiUrl: `${server.url}/api/`,
    bareUrl,
    botToken,
    ...bot,
    teamId,
    userId: (name) => idOf(ids, name),
    setTimeZone: (name, tz) => {
      zones.set(idOf(ids, name), checkedZone(tz));
    },
    close: async () => {
      await server.shut();
      upstream.close();
      await emulator.close();
    },
  };
}

function seed(users: readonly EmulatedPerson[], tokens: readonly string[], scopes: readonly string[]) {
  const { appId: app_id, botId: bot_id, botUserId: bot_user_id } = bot;
  const app = { client_id: '1.1', app_id, bot_id, bot_user_id, scopes };
  return {
    slack: {
      strict_scopes: true,
      users: users.map(({ name, realName = name, email = `${name}@example.com` }) => ({
        name,
        real_name: realName,
        email,
      })),
      oauth_apps: [
        { ...app, client_secret: 'none', name: 'Sideline', bot_name: 'sideline', redirect_uris: [] },
      ],
      tokens: [
        ...tokens.map((token) => ({ ...app, token, type: 'bot', user_id: bot_user_id })),
        { token: lookupToken, user_id: bot_user_id, scopes: ['users:read'] },
      ],
    },
  };
}

async function idsByName(url: string): Promise<ReadonlyMap<string, string>> {
  const client = new WebClient(lookupToken, { slackApiUrl: `${url}/api/`, retryConfig: { retries: 0 } });
  const ids = new Map<string, string>();
  for await (const page of client.paginate('users.list', { limit: 200 })) {
    const { members = [] } = page as Awaited<ReturnType<typeof client.users.list>>;
    for (const { id, name } of members) if (id && name) ids.set(name, id);
  }
  return ids;
}

function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new RangeError(`The emulator was not given a user ${name}.`);
  return id;
}
