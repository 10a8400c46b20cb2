import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { OAuthClient } from '../config.ts';

const named = z.object({ id: z.string().min(1), name: z.string().default('') });

/** What Slack gives whoever brings the code of somebody who has agreed. */
const Grant = z.object({
  access_token: z.string().min(1),
  token_type: z.literal('bot'),
  scope: z.string(),
  app_id: z.string().default(''),
  bot_user_id: z.string().min(1),
  team: named.nullish(),
  enterprise: named.nullish(),
  is_enterprise_install: z.boolean().default(false),
  authed_user: z.object({ id: z.string().min(1) }),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional(),
});
export type Grant = z.output<typeof Grant>;

/** Undefined where the answer names no bot: the app asked for none, or for something else. */
export async function grantFor(
  client: WebClient,
  { clientId, clientSecret }: OAuthClient,
  code: string,
): Promise<Grant | undefined> {
  const answer = await client.oauth.v2.access({ client_id: clientId, client_secret: clientSecret, code });
  return Grant.safeParse(answer).data;
}

const Renewed = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

/** The next token of a workspace. A refresh token is good for one of them. */
export async function renewedGrant(
  client: WebClient,
  { clientId, clientSecret }: OAuthClient,
  refreshToken: string,
): Promise<z.output<typeof Renewed>> {
  const answer = await client.oauth.v2.access({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
  return Renewed.parse(answer);
}
