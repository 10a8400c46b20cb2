import { identify, TokenRefused } from '#services/register-workspace.ts';
import { openTokens } from '#services/sealed-tokens.ts';
import { slackTroubleOf } from '#services/slack-error.ts';
import type { Database } from '#storage/database.ts';
import { type InstallationState, listInstallations } from '#storage/installations.ts';
import { CannotOpen, keyRing } from '#storage/key-ring.ts';
import { endedWorkspaces } from '#storage/workspaces.ts';
import type { Config } from '../../config.ts';
import { singleWorkspaceApi } from '../../web-api.ts';
import type { Check } from './check.ts';

/** More of them would take Slack longer than anybody waits for a doctor. */
const mostAsked = 20;
const mostNamed = 20;

/** Workspaces that were installed by OAuth, and those that removed the app. */
export async function checkWorkspaces(database: Database, config: Config): Promise<Check[]> {
  const ended = await endedOnes(database);
  if (config.slack.kind !== 'oauth') return ended;
  const all = await everyInstallation(database);
  const opened = new Map<string, string>();
  const closed: string[] = [];
  const ring = keyRing(config.encryptionKeys);
  for (const one of all) {
    try {
      opened.set(one.workspaceId, openTokens(ring, one.workspaceId, one).botToken);
    } catch (error) {
      if (!(error instanceof CannotOpen)) throw error;
      closed.push(`${one.workspaceId}: ${error.message}`);
    }
  }
  return [tokens(all.length, closed), ...renewals(all), await asked(opened, config), ...ended];
}

async function everyInstallation({ owner }: Database): Promise<InstallationState[]> {
  const all: InstallationState[] = [];
  for (let after = ''; ; ) {
    const some = await listInstallations(owner, { after, limit: 1000 });
    all.push(...some);
    const last = some.at(-1);
    if (last === undefined) return all;
    after = last.workspaceId;
  }
}

function tokens(count: number, closed: string[]): Check {
  const name = 'tokens';
  if (count === 0) {
    return {
      name,
      state: 'note',
      found: 'no workspace has installed the app yet; /slack/install is where one does',
    };
  }
  if (closed.length === 0) return { name, state: 'ok', found: `those of ${count} workspaces can be opened` };
  return {
    name,
    state: 'wrong',
    found: `of ${count} workspaces ${closed.length} cannot be opened: nothing is done there`,
    todo: [
      ...closed.slice(0, mostNamed),
      'Put the missing key back into ENCRYPTION_KEYS, behind the first. If it is lost, these workspaces have to install ' +
        'the app again; their data is kept.',
    ],
  };
}

function renewals(all: readonly InstallationState[]): Check[] {
  const troubled = all.filter((one) => one.refreshTrouble !== null);
  if (troubled.length === 0) return [];
  const lines = troubled.map(
    (one) => `${one.workspaceId}: ${one.refreshTrouble}, good until ${one.expiresAt?.toISOString()}`,
  );
  return [
    {
      name: 'renewing tokens',
      state: 'wrong',
      found: `${troubled.length} could not be renewed the last time`,
      todo: [
        ...lines.slice(0, mostNamed),
        'It is tried again. Where Slack goes on refusing, the workspace has to install the app again; its data is kept.',
      ],
    },
  ];
}

async function asked(opened: ReadonlyMap<string, string>, { slackApiUrl }: Config): Promise<Check> {
  const name = 'Slack';
  const some = [...opened].slice(0, mostAsked);
  const troubles: string[] = [];
  for (const [workspaceId, token] of some) {
    const trouble = await troubleWith(slackApiUrl, token);
    if (trouble !== undefined) troubles.push(`${workspaceId}: ${trouble}`);
  }
  if (some.length === 0) return { name, state: 'ok', found: 'not asked: there is no token yet' };
  if (troubles.length > 0) {
    return {
      name,
      state: 'wrong',
      found: `of ${some.length} tokens it refuses ${troubles.length}`,
      todo: troubles,
    };
  }
  const of = some.length < opened.size ? ` (of ${opened.size}, not all are asked about)` : '';
  return { name, state: 'ok', found: `takes the tokens of ${some.length} workspaces${of}` };
}

async function troubleWith(slackApiUrl: string, token: string): Promise<string | undefined> {
  try {
    await identify(singleWorkspaceApi(slackApiUrl, token).client(''));
    return undefined;
  } catch (error) {
    const trouble = error instanceof TokenRefused ? error.message : slackTroubleOf(error);
    if (trouble === undefined) throw error;
    return trouble;
  }
}

async function endedOnes(database: Database): Promise<Check[]> {
  const ended = await endedWorkspaces(database.owner);
  if (ended.length === 0) return [];
  return [
    {
      name: 'removed',
      state: 'note',
      found: `${ended.length} workspaces have removed the app; nothing is done for them`,
      todo: ended
        .slice(0, mostNamed)
        .map((one) => `${one.id}: ${one.reason}; its data is deleted after ${one.deleteAfter.toISOString()}`),
    },
  ];
}
