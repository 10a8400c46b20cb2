import { z } from 'zod';
import { type EncryptionKey, encryptionKey, keyBytes } from '#storage/key-ring.ts';

/** The only place that reads the environment; everything else is handed a Config. */

const port = z.coerce
  .number({ error: 'PORT must be a number between 0 and 65535' })
  .int('PORT must be a whole number')
  .min(0, 'PORT must be between 0 and 65535')
  .max(65_535, 'PORT must be between 0 and 65535');

const keepDays = z.coerce
  .number({ error: 'SIDELINE_KEEP_DAYS must be a number of days' })
  .int('SIDELINE_KEEP_DAYS must be a whole number of days')
  .min(0, 'SIDELINE_KEEP_DAYS must be from 0 to 3650 days')
  .max(3650, 'SIDELINE_KEEP_DAYS must be from 0 to 3650 days');

const Environment = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'SLACK_BOT_TOKEN must start with xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'SLACK_APP_TOKEN must start with xapp-').optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_STATE_SECRET: z.string().optional(),
  ENCRYPTION_KEYS: z.string().transform(encryptionKeys).default([]),
  SIDELINE_KEEP_DAYS: keepDays.default(30),
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: 'SLACK_API_URL must be an http or https address' })
    .default('https://slack.com/api/')
    .transform((url) => (url.endsWith('/') ? url : `${url}/`)),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'DATABASE_URL must start with postgres:// or postgresql://' })
    .optional(),
  PORT: port.default(3000),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  SIDELINE_ROLE: z
    .enum(['all', 'web', 'worker'], { error: 'SIDELINE_ROLE must be all, web or worker' })
    .default('all'),
  SIDELINE_NOW: z.iso
    .datetime({ offset: true, error: 'SIDELINE_NOW must be an instant such as 2026-03-02T09:00:00Z' })
    .transform((text) => Date.parse(text))
    .optional(),
  NODE_ENV: z.string().optional(),
});

export type SlackSettings =
  | { kind: 'none' }
  | { kind: 'http'; botToken: string; signingSecret: string }
  | { kind: 'socket'; botToken: string; appToken: string }
  /** Workspaces come by installation. What comes from Slack comes over Socket Mode, where there is an app token. */
  | ({ kind: 'oauth'; signingSecret: string | undefined; appToken: string | undefined } & OAuthClient);

/** As whom the app asks Slack for tokens, and with what it signs the way there and back. */
export interface OAuthClient {
  clientId: string;
  clientSecret: string;
  stateSecret: string;
}

export interface Config {
  slack: SlackSettings;
  slackApiUrl: string;
  /** The first seals, all of them open. */
  encryptionKeys: EncryptionKey[];
  /** For so many days the data of a workspace that removed the app are kept. */
  keepDays: number;
  databaseUrl: string | undefined;
  dataDirectory: string;
  port: number;
  /** The address to listen on; all of them unless it is a sandbox. */
  host: string | undefined;
  logLevel: string;
  role: 'all' | 'web' | 'worker';
  startAt: number | undefined;
  production: boolean;
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

type Given = Record<string, string | undefined>;

export function readConfig(environment: Given): ConfigResult {
  const given = trimmed(environment);
  const parsed = Environment.safeParse(given);
  const problems = [...(parsed.error?.issues.map((issue) => issue.message) ?? []), ...problemsBetween(given)];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const env = parsed.data;
  return {
    ok: true,
    config: {
      slack: slackSettings(env),
      slackApiUrl: env.SLACK_API_URL,
      encryptionKeys: env.ENCRYPTION_KEYS,
      keepDays: env.SIDELINE_KEEP_DAYS,
      databaseUrl: env.DATABASE_URL,
      dataDirectory: '.data',
      port: env.PORT,
      host: undefined,
      logLevel: env.LOG_LEVEL,
      role: env.SIDELINE_ROLE,
      startAt: env.SIDELINE_NOW,
      production: env.NODE_ENV === 'production',
    },
  };
}

/**
 * An empty variable is what a shell or a compose file leaves for "not set", and a line break at the end is
 * what a secret read from a file brings along.
 */
function trimmed(environment: Given): Given {
  const entries = Object.entries(environment).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== '' && value !== undefined));
}

const howToMakeAKey = 'Make one: echo "k1:$(openssl rand -base64 32)"';

/** `name:key` and so on, with a comma between; no line repeats a key. */
function encryptionKeys(text: string, context: z.RefinementCtx<string>): EncryptionKey[] {
  const keys: EncryptionKey[] = [];
  for (const [index, entry] of text.split(',').entries()) {
    const [, id, encoded] = /^\s*([\w-]{1,32}):([A-Za-z0-9+/_-]+=*)\s*$/.exec(entry) ?? [];
    const secret = Buffer.from(encoded ?? '', 'base64');
    const message = `ENCRYPTION_KEYS: the key number ${index + 1} must be a name, a colon and ${keyBytes} bytes in base64. ${howToMakeAKey}`;
    if (id === undefined || secret.length !== keyBytes) context.addIssue({ code: 'custom', message });
    else if (keys.some((key) => key.id === id)) {
      context.addIssue({ code: 'custom', message: `ENCRYPTION_KEYS: two keys have the name ${id}` });
    } else keys.push(encryptionKey(id, secret));
  }
  return keys;
}

const oauthSettings = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'];

/** What is wrong with settings beside each other, told even where one of them is wrong in itself. */
function problemsBetween(given: Given): string[] {
  const problems: string[] = [];
  const hasOAuth = oauthSettings.some((name) => given[name] !== undefined);
  if (hasOAuth) problems.push(...problemsOfOAuth(given));
  else problems.push(...problemsOfOneToken(given));
  if (given['NODE_ENV'] === 'production' && given['SIDELINE_NOW'] !== undefined) {
    problems.push('SIDELINE_NOW moves the clock and is refused when NODE_ENV=production');
  }
  const role = given['SIDELINE_ROLE'];
  if ((role === 'web' || role === 'worker') && given['DATABASE_URL'] === undefined) {
    problems.push(`SIDELINE_ROLE=${role} needs DATABASE_URL: the embedded database serves one process`);
  }
  return problems;
}

function problemsOfOAuth(given: Given): string[] {
  const problems = oauthSettings
    .filter((name) => given[name] === undefined)
    .map((name) => `${name} is missing: installation by OAuth needs ${listed(oauthSettings)}`);
  if (given['SLACK_BOT_TOKEN'] !== undefined) {
    problems.push(
      'SLACK_BOT_TOKEN must be removed: with SLACK_CLIENT_ID each workspace brings its own token when it installs the ' +
        'app. For one workspace by its token, remove SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET instead',
    );
  }
  if (given['SLACK_SIGNING_SECRET'] === undefined && given['SLACK_APP_TOKEN'] === undefined) {
    problems.push(missingSigningSecret);
  }
  if (given['ENCRYPTION_KEYS'] === undefined) {
    problems.push(
      `ENCRYPTION_KEYS is missing: tokens of workspaces are kept encrypted. ${howToMakeAKey} and keep it`,
    );
  }
  return problems;
}

const listed = (names: string[]): string => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const missingSigningSecret =
  'SLACK_SIGNING_SECRET is missing: requests over HTTP cannot be verified (or set SLACK_APP_TOKEN for Socket Mode)';

function problemsOfOneToken(given: Given): string[] {
  const problems: string[] = [];
  const hasToken = given['SLACK_BOT_TOKEN'] !== undefined;
  const hasOther = given['SLACK_SIGNING_SECRET'] !== undefined || given['SLACK_APP_TOKEN'] !== undefined;
  if (!hasToken && hasOther) {
    problems.push('SLACK_BOT_TOKEN is missing: Slack settings are given, but not the bot token (xoxb-…)');
  }
  if (hasToken && !hasOther) problems.push(missingSigningSecret);
  return problems;
}

function slackSettings(env: z.infer<typeof Environment>): SlackSettings {
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken } = env;
  const {
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
  } = env;
  if (clientId !== undefined && clientSecret !== undefined && stateSecret !== undefined) {
    return { kind: 'oauth', clientId, clientSecret, stateSecret, signingSecret, appToken };
  }
  if (botToken === undefined) return { kind: 'none' };
  if (appToken !== undefined) return { kind: 'socket', botToken, appToken };
  if (signingSecret !== undefined) return { kind: 'http', botToken, signingSecret };
  return { kind: 'none' };
}
