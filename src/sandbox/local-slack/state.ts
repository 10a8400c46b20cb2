import type { LocalSlackOptions, UserOptions } from './options.ts';
import type { Channel, SlackState, SlackUser } from './types.ts';

export function userFrom(given: UserOptions, updated: number): SlackUser {
  return {
    isBot: false,
    deleted: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    isAdmin: false,
    locale: 'en-US',
    title: '',
    image: '',
    statusText: '',
    statusEmoji: '',
    statusExpiration: 0,
    ...given,
    updated,
  };
}

function seededChannels(options: LocalSlackOptions, created: number): Record<string, Channel> {
  const channels = (options.channels ?? []).map((one): [string, Channel] => [
    one.id,
    {
      id: one.id,
      kind: one.isPrivate ? 'group' : 'channel',
      name: one.name,
      members: one.members ?? [],
      archived: one.archived ?? false,
      created,
    },
  ]);
  return Object.fromEntries(channels);
}

function seededUsers(options: LocalSlackOptions, updated: number): Record<string, SlackUser> {
  const { app } = options;
  const own: UserOptions[] = [
    // The real Slack lists Slackbot among the users, and not as a bot.
    { id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot', email: '', tz: 'America/Los_Angeles' },
    {
      id: app.botUserId,
      name: app.name.toLowerCase().replaceAll(/\W+/g, ''),
      realName: app.name,
      email: '',
      tz: 'America/Los_Angeles',
      isBot: true,
    },
  ];
  return Object.fromEntries([...own, ...options.users].map((one) => [one.id, userFrom(one, updated)]));
}

export function freshState(options: LocalSlackOptions, now: number): SlackState {
  const seconds = Math.floor(now / 1000);
  return {
    version: 1,
    sequence: 0,
    lastTs: 0,
    users: seededUsers(options, seconds),
    userGroups: (options.userGroups ?? []).map((one) => ({ ...one, disabled: one.disabled ?? false })),
    profileFields: options.profileFields ?? [],
    channels: seededChannels(options, seconds),
    messages: {},
    ephemerals: [],
    modals: {},
    homes: {},
    messageInputs: {},
    lastRead: {},
    responseUrls: {},
    files: {},
    notices: [],
    uninstalled: false,
  };
}

/** Unique within a workspace, restarts included, and of the form of Slack's ids. */
export function nextId(state: SlackState, prefix: string): string {
  state.sequence += 1;
  return `${prefix}0${state.sequence.toString(36).toUpperCase().padStart(9, '0')}`;
}

/** A message's ts: machine time, unique and rising within the workspace. */
export function nextTs(state: SlackState, now: number): string {
  state.lastTs = Math.max(Math.floor(now * 1000), state.lastTs + 1);
  const seconds = Math.floor(state.lastTs / 1e6);
  return `${seconds}.${String(state.lastTs % 1e6).padStart(6, '0')}`;
}
