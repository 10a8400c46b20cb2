import { z } from 'zod';

/** The only place that reads the environment; everything else is handed a Config. */

const port = z.coerce
  .number({ error: 'PORT must be a number between 0 and 65535' })
  .int('PORT must be a whole number')
  .min(0, 'PORT must be between 0 and 65535')
  .max(65_535, 'PORT must be between 0 and 65535');

const Environment = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'SLACK_BOT_TOKEN must start with xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'SLACK_APP_TOKEN must start with xapp-').optional(),
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
  | { kind: 'socket'; botToken: string; appToken: string };

export interface Config {
  slack: SlackSettings;
  slackApiUrl: string;
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

/** What is wrong with settings beside each other, told even where one of them is wrong in itself. */
function problemsBetween(given: Given): string[] {
  const problems: string[] = [];
  const hasToken = given['SLACK_BOT_TOKEN'] !== undefined;
  const hasOther = given['SLACK_SIGNING_SECRET'] !== undefined || given['SLACK_APP_TOKEN'] !== undefined;
  if (!hasToken && hasOther) {
    problems.push('SLACK_BOT_TOKEN is missing: Slack settings are given, but not the bot token (xoxb-…)');
  }
  if (hasToken && !hasOther) {
    problems.push(
      'SLACK_SIGNING_SECRET is missing: requests over HTTP cannot be verified (or set SLACK_APP_TOKEN for Socket Mode)',
    );
  }
  if (given['NODE_ENV'] === 'production' && given['SIDELINE_NOW'] !== undefined) {
    problems.push('SIDELINE_NOW moves the clock and is refused when NODE_ENV=production');
  }
  const role = given['SIDELINE_ROLE'];
  if ((role === 'web' || role === 'worker') && given['DATABASE_URL'] === undefined) {
    problems.push(`SIDELINE_ROLE=${role} needs DATABASE_URL: the embedded database serves one process`);
  }
  return problems;
}

function slackSettings(env: z.infer<typeof Environment>): SlackSettings {
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken } = env;
  if (botToken === undefined) return { kind: 'none' };
  if (appToken !== undefined) return { kind: 'socket', botToken, appToken };
  if (signingSecret !== undefined) return { kind: 'http', botToken, signingSecret };
  return { kind: 'none' };
}
