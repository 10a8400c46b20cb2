import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Limits } from './rate-limits.ts';
import type { ProfileField, SlackState } from './types.ts';

export interface TeamOptions {
  id: string;
  name: string;
  domain?: string;
  enterpriseId?: string;
  /** The app is installed for the whole organisation, of which this is one workspace. */
  isOrganisation?: boolean;
}

export interface AppOptions {
  appId: string;
  botUserId: string;
  botId: string;
  name: string;
  botToken: string;
  /** Needed for Socket Mode. */
  appToken?: string;
  signingSecret: string;
  scopes: string[];
  /** Event names the app subscribed to. */
  events?: string[];
  /** When given, any other command is refused in the client, as Slack does. */
  commands?: { command: string; description?: string; usageHint?: string; shouldEscape?: boolean }[];
  shortcuts?: { type: 'global' | 'message'; name: string; callbackId: string }[];
  clientId?: string;
  clientSecret?: string;
  /** Where an installation leads back to if it does not say so itself. */
  redirectUrl?: string;
  /** Each installation brings a token of its own then; with a life, one that ends and is renewed. */
  grants?: { tokenLifeMs?: number };
}

export interface UserOptions {
  id: string;
  name: string;
  realName: string;
  email: string;
  tz: string;
  isBot?: boolean;
  deleted?: boolean;
  isRestricted?: boolean;
  isUltraRestricted?: boolean;
  isStranger?: boolean;
  isAdmin?: boolean;
  locale?: string;
  title?: string;
  image?: string;
  statusText?: string;
  statusEmoji?: string;
  statusExpiration?: number;
  startDate?: string;
  profileFields?: Record<string, string>;
}

interface ChannelOptions {
  id: string;
  name: string;
  isPrivate?: boolean;
  members?: string[];
  archived?: boolean;
}

interface UserGroupOptions {
  id: string;
  handle: string;
  name: string;
  users: string[];
  disabled?: boolean;
}

export interface LocalSlackOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  team: TeamOptions;
  app: AppOptions;
  users: UserOptions[];
  channels?: ChannelOptions[];
  userGroups?: UserGroupOptions[];
  profileFields?: ProfileField[];
  /** Epoch ms; the time shown on a message. */
  businessNow?: () => number;
  /** Epoch ms; timestamps, triggers, response urls, limits. */
  machineNow?: () => number;
  limits?: Limits;
  snapshot?: SlackState;
  /** How long the app has to acknowledge; Slack gives 3 seconds. */
  ackTimeoutMs?: number;
  /** Waits before an unacknowledged event is sent again; Slack's are 0, 60 000 and 300 000. None by default. */
  eventRetriesMs?: number[];
  /** Entries kept in the log of calls. */
  keepCalls?: number;
  /** Serves other paths of the same server; answers false to leave a request to the local Slack. */
  handler?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export const DEFAULT_EVENTS = [
  'app_home_opened',
  'message.im',
  'user_change',
  'team_join',
  'app_uninstalled',
  'tokens_revoked',
];
