import { type Call, CallLog } from './calls.ts';
import { type ChangeListener, Changes } from './changes.ts';
import { listen } from './http/server.ts';
import type { LocalSlackOptions, UserOptions } from './options.ts';
import { PersonSession } from './person-session.ts';
import { AppLink } from './push/app-link.ts';
import { sendEvent } from './push/events.ts';
import { SocketHub } from './push/socket-mode.ts';
import { type Limits, RateLimiter } from './rate-limits.ts';
import { freshState, userFrom } from './state.ts';
import { Triggers } from './triggers.ts';
import type { SlackState } from './types.ts';
import { slackUser } from './users.ts';
import { isOfHere, issueOAuthCode } from './web-api/grants.ts';
import type { Workspace } from './workspace.ts';

const ACK_TIMEOUT_MS = 3000;
const KEEP_CALLS = 1000;

export interface LocalSlack {
  readonly url: string;
  /** Where SLACK_API_URL points. */
  readonly apiUrl: string;
  /** Everything remembered, as plain JSON, for the option of the same name. */
  snapshot(): SlackState;
  /** Answers how to stop listening. */
  onChange(listener: ChangeListener): () => void;
  person(userId: string): PersonSession;
  /** Where to push while no Socket Mode connection is open; null for nowhere. */
  connect(target: { mode: 'http'; url: string } | null): void;
  /** Does with the request URL what Slack does when it is entered in the app's settings. */
  verifyUrl(): Promise<boolean>;
  readonly connected: 'socket' | 'http' | null;
  readonly calls: { list(): readonly Call[]; clear(): void };
  setLimits(limits: Limits): void;
  /** Changes a member's profile; the app gets user_change. */
  changeUser(userId: string, change: Partial<Omit<UserOptions, 'id'>>): void;
  /** A new member; the app gets team_join. */
  addUser(user: UserOptions): void;
  addToChannel(channelId: string, userId: string): void;
  archive(channelId: string): void;
  /** Takes the app's tokens away; the app gets tokens_revoked and app_uninstalled. */
  uninstall(): void;
  /** What the redirect URL of an installation by this person carries. */
  issueOAuthCode(userId: string): string;
  /** Where an installation leads back to that does not say so itself. */
  setRedirectUrl(url: string): void;
  /** Whether a token, a code or a refresh token was given out here. */
  knows(secret: string): boolean;
  /** Asks Socket Mode clients to reconnect. */
  disconnectSockets(which?: 'all' | 'oldest'): void;
  /** Resolves when everything sent to the app has been answered or given up. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const machineNow = options.machineNow ?? Date.now;
  const changes = new Changes();
  const calls = new CallLog(options.keepCalls ?? KEEP_CALLS, machineNow, changes);
  const sockets = new SocketHub(options.app.appId, changes);
  const ws: Workspace = {
    team: options.team,
    app: options.app,
    state: options.snapshot ? structuredClone(options.snapshot) : freshState(options, machineNow()),
    machineNow,
    businessNow: options.businessNow ?? Date.now,
    changes,
    calls,
    triggers: new Triggers(machineNow, options.team.id),
    limiter: new RateLimiter(options.limits ?? 'off'),
    link: new AppLink({
      calls,
      sockets,
      signingSecret: options.app.signingSecret,
      ackTimeoutMs: options.ackTimeoutMs ?? ACK_TIMEOUT_MS,
      now: machineNow,
    }),
    eventRetriesMs: options.eventRetriesMs ?? [],
    issueTicket: () => sockets.issueTicket(),
    url: '',
  };
  const host = options.host ?? '127.0.0.1';
  const server = await listen({ ws, sockets, host, port: options.port ?? 0, handler: options.handler });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The local Slack has no port');
  ws.url = `http://${host}:${address.port}`;
  return facade(ws, sockets, async () => {
    await sockets.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
}

function facade(ws: Workspace, sockets: SocketHub, close: () => Promise<void>): LocalSlack {
  const sessions = new Map<string, PersonSession>();
  const seconds = () => Math.floor(ws.machineNow() / 1000);
  return {
    url: ws.url,
    apiUrl: `${ws.url}/api/`,
    snapshot: () => structuredClone(ws.state),
    onChange: (listener) => ws.changes.on(listener),
    person: (userId) => {
      const session = sessions.get(userId) ?? new PersonSession(ws, userId);
      sessions.set(userId, session);
      return session;
    },
    connect: (target) => ws.link.connectHttp(target?.url ?? null),
    verifyUrl: () => ws.link.verify(),
    get connected() {
      return ws.link.connected;
    },
    calls: ws.calls,
    setLimits: (limits) => {
      ws.limiter.limits = limits;
    },
    changeUser: (userId, change) => {
      const user = ws.state.users[userId];
      if (!user) throw new Error(`There is no ${userId} in the local Slack`);
      Object.assign(user, change, { updated: seconds() });
      ws.changes.emit({ kind: 'user', user: userId });
      sendEvent(ws, 'user_change', {
        type: 'user_change',
        user: slackUser(ws, user, true),
        cache_ts: seconds(),
      });
    },
    addUser: (given) => {
      const user = userFrom(given, seconds());
      ws.state.users[user.id] = user;
      ws.changes.emit({ kind: 'user', user: user.id });
      sendEvent(ws, 'team_join', { type: 'team_join', user: slackUser(ws, user), cache_ts: seconds() });
    },
    addToChannel: (channelId, userId) => {
      const channel = ws.state.channels[channelId];
      if (!channel) throw new Error(`There is no channel ${channelId} in the local Slack`);
      if (!channel.members.includes(userId)) channel.members.push(userId);
      ws.changes.emit({ kind: 'message', channel: channelId });
    },
    archive: (channelId) => {
      const channel = ws.state.channels[channelId];
      if (!channel) throw new Error(`There is no channel ${channelId} in the local Slack`);
      channel.archived = true;
      ws.changes.emit({ kind: 'message', channel: channelId });
    },
    uninstall: () => {
      ws.state.uninstalled = true;
      sendEvent(ws, 'tokens_revoked', {
        type: 'tokens_revoked',
        tokens: { oauth: [], bot: [ws.app.botUserId] },
      });
      sendEvent(ws, 'app_uninstalled', { type: 'app_uninstalled' });
    },
    issueOAuthCode: (userId) => issueOAuthCode(ws, userId),
    setRedirectUrl: (url) => {
      ws.app.redirectUrl = url;
    },
    knows: (secret) => isOfHere(ws, secret),
    disconnectSockets: (which) => sockets.disconnect(which),
    settled: () => ws.link.settled(),
    close,
  };
}
