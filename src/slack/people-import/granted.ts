import type { WebClient } from '@slack/web-api';
import type { optionalScopes } from '#services/register-workspace.ts';

export type OptionalScope = (typeof optionalScopes)[number];

/** Whether the app was given a scope that it does without where it has to. */
export async function isGranted(client: WebClient, scope: OptionalScope): Promise<boolean> {
  const { response_metadata: about } = await client.auth.test();
  return about?.scopes?.includes(scope) ?? true;
}

export const howToGrant = (scope: OptionalScope, what: string): string =>
  `${what} needs the scope ${scope}, which this app was not given. Whoever runs it adds the scope under ` +
  '“OAuth & Permissions” of the Slack app and installs it to the workspace again; nothing else changes.';
