import type { Generated } from 'kysely';

/** The tokens of a workspace that was installed by OAuth, sealed; only the owner reads them. */
export interface InstallationTable {
  workspace_id: string;
  /** Of a whole organisation: then the workspace's id is that of the organisation. */
  is_enterprise: boolean;
  app_id: string;
  scopes: string[];
  /** One more with each token that Slack gives; sealed with another key it is the same token. */
  generation: Generated<number>;
  /** With which key the tokens are sealed. */
  key_id: string;
  bot_token: string;
  refresh_token: string | null;
  /** In machine time; null for a token that does not expire. */
  expires_at: Date | null;
  /** Somebody is asking Slack for the next token until then. */
  refreshing_until: Generated<Date | null>;
  /** What Slack said when it gave no next token. */
  refresh_trouble: Generated<string | null>;
  installed_by: string;
  installed_at: Date;
}
