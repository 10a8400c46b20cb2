import type { WebClient } from '@slack/web-api';
import type { optionalScopes } from '#services/register-workspace.ts';

export type OptionalScope = (typeof optionalScopes)[number];

/** Which of the scopes the app was given that it does without where it has to. */
export async function grantsOf(client: WebClient): Promise<(scope: OptionalScope) => boolean> {
  const { response_metadata: about } = await client.auth.test();
  return (scope) => about?.scopes?.includes(scope) ?? true;
}

export async function isGranted(client: WebClient, scope: OptionalScope): Promise<boolean> {
  return (await grantsOf(client))(scope);
}

export const howToGrant = (scope: OptionalScope, what: string): string =>
  `${what} needs the scope ${scope}, which this app was not given. Whoever runs it adds the scope under ` +
  '“OAuth & Permissions” of the Slack app and installs it to the workspace again; nothing else changes.';
