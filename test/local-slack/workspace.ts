import { type LocalSlack, startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import type { LocalSlackOptions } from '#sandbox/local-slack/options.ts';

export const MIA = 'U0MIA00001';
export const SAM = 'U0SAM00001';
export const SAM_REED = 'U0SAMREED1';
export const GONE = 'U0GONE0001';
export const BOT = 'U0BOT00001';
export const GENERAL = 'C0GENERAL1';
export const PRIVATE = 'C0PRIVATE1';

export const APP = {
  appId: 'A0SIDELINE',
  botUserId: BOT,
  botId: 'B0SIDELINE',
  name: 'Sideline',
  botToken: 'xoxb-local',
  appToken: 'xapp-local',
  signingSecret: 'a signing secret',
  scopes: [
    'commands',
    'chat:write',
    'im:write',
    'im:history',
    'channels:history',
    'users:read',
    'users:read.email',
    'files:read',
    'files:write',
  ],
};

function person(id: string, name: string, realName: string, tz: string) {
  return { id, name, realName, email: `${name}@example.com`, tz };
}

export const WORKSPACE: LocalSlackOptions = {
  team: { id: 'T0LOCAL001', name: 'Northwind', domain: 'northwind' },
  app: APP,
  users: [
    person(MIA, 'mia', 'Mia Chen', 'Europe/Berlin'),
    person(SAM, 'sam', 'Sam Ortiz', 'America/New_York'),
    person(SAM_REED, 'sreed', 'Sam Reed', 'America/Chicago'),
    { ...person(GONE, 'gone', 'Gus Gone', 'Europe/Paris'), deleted: true },
  ],
  channels: [
    { id: GENERAL, name: 'general', members: [MIA, SAM, BOT] },
    { id: PRIVATE, name: 'managers', isPrivate: true, members: [MIA] },
    { id: 'C0OLD00001', name: 'old', members: [MIA, BOT], archived: true },
    { id: 'C0OTHER001', name: 'other', members: [SAM] },
  ],
  userGroups: [{ id: 'S0LEADS001', handle: 'leads', name: 'Leads', users: [MIA] }],
};

export function startWorkspace(options: Partial<LocalSlackOptions> = {}): Promise<LocalSlack> {
  return startLocalSlack({ ...WORKSPACE, ...options });
}

/** A machine clock that moves when told. */
export function handClock(start = Date.UTC(2026, 2, 2, 9)): {
  now: () => number;
  forward: (ms: number) => void;
} {
  let at = start;
  return {
    now: () => at,
    forward: (ms) => {
      at += ms;
    },
  };
}
