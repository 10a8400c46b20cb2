import { z } from 'zod';

/** The only place that reads the environment; everything else is handed a Config. */

const secret = (name: string) => z.string().min(1, `${name} is empty`);
const port = z.coerce
  .number({ error: 'PORT must be a number between 0 and 65535' })
  .int('PORT must be a whole number')
  .min(0, 'PORT must be between 0 and 65535')
  .max(65_535, 'PORT must be between 0 and 65535');

const Environment = z.object({
  SLACK_BOT_TOKEN: secret('SLACK_BOT_TOKEN').startsWith('xoxb-', 'SLACK_BOT_TOKEN must start with xoxb-').optional(),
  SLACK_SIGNING_SECRET: secret('SLACK_SIGNING_SECRET').optional(),
  SLACK_APP_TOKEN: secret('SLACK_APP_TOKEN').startsWith('xapp-', 'SLACK_APP_TOKEN must start with xapp-').optional(),
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

export function readConfig(environment: Record<string, string | undefined>): ConfigResult {
  // An empty variable is what a shell or a compose file leaves for "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map((issue) => issue.message) };

  const env = parsed.data;
  const problems: string[] = [];
  const slack = slackSettings(env, problems);
  const production = env.NODE_ENV === 'production';
  if (production && env.SIDELINE_NOW !== undefined) {
    problems.push('SIDELINE_NOW moves the clock and is refused when NODE_ENV=production');
  }
  if (env.SIDELINE_ROLE !== 'all' && env.DATABASE_URL === undefined) {
    problems.push(`SIDELINE_ROLE=${env.SIDELINE_ROLE} needs DATABASE_URL: the embedded database serves one process`);
  }
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    config: {
      slack,
      slackApiUrl: env.SLACK_API_URL,
      databaseUrl: env.DATABASE_URL,
      dataDirectory: '.data',
      port: env.PORT,
      host: undefined,
      logLevel: env.LOG_LEVEL,
      role: env.SIDELINE_ROLE,
      startAt: env.SIDELINE_NOW,
      production,
    },
  };
}

function slackSettings(env: z.infer<typeof Environment>, problems: string[]): SlackSettings {
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken } = env;
  if (botToken === undefined) {
    if (signingSecret !== undefined || appToken !== undefined) {
      problems.push('SLACK_BOT_TOKEN is missing: Slack settings are given, but not the bot token (xoxb-…)');
    }
    return { kind: 'none' };
  }
  if (appToken !== undefined) return { kind: 'socket', botToken, appToken };
  if (signingSecret !== undefined) return { kind: 'http', botToken, signingSecret };
  problems.push(
    'SLACK_SIGNING_SECRET is missing: requests over HTTP cannot be verified (or set SLACK_APP_TOKEN for Socket Mode)',
  );
  return { kind: 'none' };
}
